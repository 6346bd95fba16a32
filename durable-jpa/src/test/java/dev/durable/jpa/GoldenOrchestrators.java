package dev.durable.jpa;

import dev.durable.ActivityOptions;
import dev.durable.DurableTimer;
import dev.durable.EntityId;
import dev.durable.EntityLock;
import dev.durable.OrchestrationContext;
import dev.durable.RetryPolicy;
import dev.durable.SubOrchestrationOptions;
import dev.durable.TaskFailedException;
import dev.durable.core.spi.CurrentActivity;
import dev.durable.core.testing.TestFunctions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The orchestrators whose golden histories are kept. What they do must never change: a change of
 * the engine that makes them do something else would block the instances of users. A new feature
 * gets a new orchestrator and a new file.
 */
final class GoldenOrchestrators {

  static final String EVERYTHING = "golden.everything";
  static final String REWOUND = "golden.rewound";
  static final String ENDLESS = "golden.endless";
  static final String WAITING = "golden.waiting";
  static final String FAILING = "golden.failing";
  static final String ENTITIES = "golden.entities";
  static final String CHILD = "golden.child";

  /** The activities that fail for now. */
  static final Set<String> BROKEN = new HashSet<>();

  private GoldenOrchestrators() {}

  static TestFunctions functions() {
    return new TestFunctions()
        .orchestrator(EVERYTHING, Integer.class, GoldenOrchestrators::everything)
        .orchestrator(REWOUND, GoldenOrchestrators::rewound)
        .orchestrator(ENDLESS, Integer.class, GoldenOrchestrators::endless)
        .orchestrator(WAITING, "1.2", ctx -> ctx.waitForEvent("go", String.class).await())
        .orchestrator(FAILING, GoldenOrchestrators::failing)
        .orchestrator(CHILD, String.class, GoldenOrchestrators::child)
        .orchestrator(ENTITIES, GoldenOrchestrators::entities)
        .entity(GoldenCounter.class)
        .activity("act", String.class, GoldenOrchestrators::act);
  }

  private static Object everything(OrchestrationContext ctx, Integer number) {
    StringBuilder told = new StringBuilder();
    RetryPolicy twice =
        RetryPolicy.exponential(3, Duration.ofSeconds(5))
            .withJitter(0.5)
            .withMaxInterval(Duration.ofMinutes(1))
            .withRetryTimeout(Duration.ofHours(1))
            .withNonRetriable(IllegalArgumentException.class);
    ctx.setCustomStatus("begun");
    told.append(
        ctx.call(
                "act",
                "flaky",
                String.class,
                ActivityOptions.timeout(Duration.ofSeconds(30)).withRetry(twice))
            .await());
    DurableTimer reminder = ctx.createTimer(Duration.ofDays(7));
    told.append(ctx.waitForEvent("go", String.class).await());
    reminder.cancel();
    ctx.createTimer(Duration.ofSeconds(10)).await();
    told.append(ctx.patched("golden-patch"));
    told.append(
        String.join(
            "+",
            ctx.allOf(
                    List.of(
                        ctx.call("act", "a", String.class),
                        ctx.callSubOrchestrator("golden.child", "b", String.class),
                        ctx.callSubOrchestrator(
                            "golden.child",
                            "c",
                            String.class,
                            SubOrchestrationOptions.withId("golden-child-c"))))
                .await()));
    told.append(caught(() -> ctx.callSubOrchestrator("golden.child", "bad", String.class).await()));
    ctx.sendEvent(ctx.instanceId(), "self", number).await();
    told.append(ctx.waitForEvent("self", Integer.class).await());
    told.append(
        caught(
            () -> {
              ctx.sendEvent("nobody", "go", null).await();
              return "delivered";
            }));
    told.append(ctx.newUuid()).append(ctx.newRandom().nextInt(1000));
    return told.toString();
  }

  private static Object rewound(OrchestrationContext ctx) {
    String greeting = caught(() -> ctx.call("act", "greet", String.class).await());
    String paid = ctx.call("act", "pay", String.class).await();
    String childs = ctx.callSubOrchestrator("golden.child", "ship", String.class).await();
    return greeting + paid + childs;
  }

  private static Object endless(OrchestrationContext ctx, Integer round) {
    String event = ctx.waitForEvent("go", String.class).await();
    if (round < 2) {
      throw ctx.continueAsNew(round + 1);
    }
    return event;
  }

  private static Object entities(OrchestrationContext ctx) {
    EntityId a = new EntityId("golden.counter", "a");
    EntityId b = new EntityId("golden.counter", "b");
    ctx.signalEntity(a, "add", 2);
    ctx.signalEntity(b, "add", 3, ctx.currentInstant().plusSeconds(5));
    StringBuilder told = new StringBuilder();
    told.append(ctx.callEntity(a, "add", 5, Integer.class).await());
    told.append(caught(() -> ctx.callEntity(b, "breakIt", null, String.class).await()));
    ctx.createTimer(Duration.ofSeconds(10)).await();
    try (EntityLock lock = ctx.lock(List.of(b, a))) {
      told.append(lock.entities());
      int moved = ctx.callEntity(a, "add", -1, Integer.class).await();
      told.append(moved).append(ctx.callEntity(b, "add", 1, Integer.class).await());
    }
    return told.toString();
  }

  private static Object failing(OrchestrationContext ctx) {
    ctx.call("act", "a", String.class).await();
    throw new IllegalStateException("golden failure", new IllegalArgumentException("its cause"));
  }

  private static Object child(OrchestrationContext ctx, String name) {
    return "child of " + ctx.call("act", name, String.class).await();
  }

  private interface Step {
    String run();
  }

  private static String caught(Step step) {
    try {
      return step.run();
    } catch (TaskFailedException e) {
      return "[" + e.failure().type() + "]";
    }
  }

  private static @Nullable Object act(String name) {
    if (BROKEN.contains(name)) {
      CurrentActivity.get().heartbeat(name + " is half done");
      IllegalStateException failure = new IllegalStateException(name + " is broken");
      failure.setStackTrace(new StackTraceElement[0]);
      throw failure;
    }
    return name + "!";
  }
}
