package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.ActivityCancelledException;
import dev.durable.ActivityContext;
import dev.durable.ActivityOptions;
import dev.durable.TaskFailedException;
import dev.durable.core.spi.CurrentActivity;
import dev.durable.core.worker.Town.Inhabitant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An activity that is called, claimed, and waits for a thread. */
abstract class AtWork {

  static final Duration SECOND = Duration.ofSeconds(1);

  final Town town = new Town();
  final List<String> seen = new ArrayList<>();

  void orchestrator(ActivityOptions options) {
    town.functions.orchestrator(
        "sample",
        ctx -> {
          try {
            return ctx.call("work", null, String.class, options).await();
          } catch (TaskFailedException e) {
            return e.failure().type();
          }
        });
  }

  /** Claims the activity of a started instance, which then waits for a thread. */
  Inhabitant beginWork(String node) {
    Inhabitant inhabitant = town.node(node);
    inhabitant.node.poll();
    inhabitant.loops.runAll();
    inhabitant.episodes.runAll();
    inhabitant.loops.runAll();
    return inhabitant;
  }

  String output() {
    return String.valueOf(town.status("order-1").output());
  }

  void working(Runnable during) {
    town.functions.activity(
        "work",
        () -> {
          during.run();
          return tellCancellation();
        });
  }

  String tellCancellation() {
    ActivityContext context = CurrentActivity.get();
    assertThat(context.isCancelled()).isTrue();
    assertThatThrownBy(() -> context.heartbeat("more"))
        .isInstanceOf(ActivityCancelledException.class);
    try {
      context.checkCancelled();
    } catch (ActivityCancelledException e) {
      seen.add(e.getMessage().replaceAll(".*is cancelled: (.*)\\. Its result.*", "$1"));
      throw e;
    }
    return "not cancelled";
  }

  static void stop(Inhabitant node) {
    node.node.stopClaiming();
    node.node.releaseAll();
  }
}
