package dev.durable.bench.dbos;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.StartWorkflowOptions;
import dev.dbos.transact.workflow.Queue;
import dev.dbos.transact.workflow.Workflow;
import dev.dbos.transact.workflow.WorkflowHandle;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** They cost nothing themselves, so that what is measured is DBOS. */
final class MeasuredWorkflows implements Workflows {

  static final String TOPIC = "tick";

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final DBOS dbos;
  private final CounterTable counters;
  private final Optional<Queue> queue;
  private @Nullable Workflows proxy;

  /**
   * Makes them.
   *
   * @param queue for tasks; without one each is started at once
   */
  MeasuredWorkflows(DBOS dbos, CounterTable counters, Optional<Queue> queue) {
    this.dbos = dbos;
    this.counters = counters;
    this.queue = queue;
  }

  /** What calls become durable by. */
  void through(Workflows proxy) {
    this.proxy = proxy;
  }

  private static int next(int number) {
    return number + 1;
  }

  @Override
  @Workflow(name = "bench-chain")
  public int chain(int steps) {
    int done = 0;
    for (int step = 0; step < steps; step++) {
      int before = done;
      done = dbos.runStep(() -> next(before), "next");
    }
    return done;
  }

  @Override
  @Workflow(name = "bench-fan-out")
  public int fanOut(int steps) throws Exception {
    Workflows durable = proxy;
    if (durable == null) {
      throw new IllegalStateException("Not registered");
    }
    List<WorkflowHandle<Integer, RuntimeException>> tasks = new ArrayList<>(steps);
    for (int step = 0; step < steps; step++) {
      int number = step;
      tasks.add(
          queue.isPresent()
              ? dbos.startWorkflow(
                  () -> durable.task(number), new StartWorkflowOptions().withQueue(queue.get()))
              : dbos.startWorkflow(() -> durable.task(number)));
    }
    int done = 0;
    for (WorkflowHandle<Integer, RuntimeException> task : tasks) {
      int result = task.getResult();
      if (result != ++done) {
        throw new IllegalStateException("Task " + done + " has given " + result);
      }
    }
    return done;
  }

  @Override
  @Workflow(name = "bench-task")
  public int task(int number) {
    return next(number);
  }

  @Override
  @Workflow(name = "bench-events")
  public int events(int steps) {
    int seen = 0;
    while (seen < steps) {
      Optional<Integer> message = dbos.recv(TOPIC, PATIENCE);
      if (message.isEmpty()) {
        throw new IllegalStateException("No message " + seen + " in " + PATIENCE);
      }
      seen++;
    }
    return seen;
  }

  @Override
  @Workflow(name = "bench-counter")
  public int counter(int steps) throws SQLException {
    for (int step = 0; step < steps; step++) {
      counters.add(1);
    }
    long counted = counters.get();
    if (counted < steps) {
      throw new IllegalStateException("Counted " + counted + " of at least " + steps);
    }
    return steps;
  }
}
