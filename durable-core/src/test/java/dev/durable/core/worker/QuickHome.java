package dev.durable.core.worker;

import dev.durable.core.store.InstanceKind;
import dev.durable.core.worker.Town.Inhabitant;
import java.time.Duration;

/** A node whose slots have become free at once so far, so that tasks may wait for them. */
abstract class QuickHome extends AtHome {

  /** One with those options. */
  Inhabitant quickHome(TaskHubOptions options) {
    deployFanOut();
    town.start("order-0", "1");
    Inhabitant home = home(options);
    home.poll();
    store.forget();
    seen.clear();
    return home;
  }

  Inhabitant quickHome() {
    return quickHome(Town.slots(10, 10, 2));
  }

  /** The calls are made, and have no threads yet. */
  void call(Inhabitant home, String id, int calls) {
    town.start(id, String.valueOf(calls));
    home.node.wakeUps().instanceDue(InstanceKind.ORCHESTRATION);
    runWithoutActivities(home);
  }

  void deployLongWork(Duration time) {
    town.functions.activity(
        "work",
        Integer.class,
        n -> {
          town.pass(time);
          return n;
        });
  }
}
