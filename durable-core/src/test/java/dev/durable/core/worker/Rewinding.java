package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.DurableClient;
import dev.durable.RuntimeStatus;
import dev.durable.core.spi.CurrentActivity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/** An instance that fails because of what is broken, is mended, and is rewound. */
abstract class Rewinding {

  final Town town = new Town();
  final Town.Inhabitant node = town.node("node-a");
  final DurableClient client = town.client();

  /** The inputs of the activities that have run. */
  final List<String> ran = new ArrayList<>();

  /** The same with their idempotency keys. */
  final List<String> keys = new ArrayList<>();

  /** The inputs with which an activity fails. */
  final Set<String> broken = new HashSet<>();

  @BeforeEach
  void deploy() {
    town.functions
        .activity("act", String.class, this::act)
        .orchestrator(
            "child",
            String.class,
            (ctx, name) -> "child of " + ctx.call("act", name, String.class).await())
        .orchestrator("slow", ctx -> ctx.waitForEvent("go", String.class).await());
  }

  private String act(String name) {
    ran.add(name);
    keys.add(name + " " + CurrentActivity.get().idempotencyKey());
    if (broken.contains(name)) {
      throw new IllegalStateException(name + " is broken");
    }
    return name + "!";
  }

  void fails() {
    town.start("order-1");
    node.poll();
    assertFailed();
  }

  /** It has failed; from now on nothing is broken. */
  void assertFailed() {
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    ran.clear();
    keys.clear();
    broken.clear();
  }

  void rewound() {
    client.rewind("order-1", "mended");
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
    assertThat(town.status("order-1").failure()).isNull();
    node.poll();
  }

  void completedWith(String output) {
    assertThat(town.status("order-1").failure()).isNull();
    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
    assertThat(town.status("order-1").output()).isEqualTo("\"" + output + "\"");
  }
}
