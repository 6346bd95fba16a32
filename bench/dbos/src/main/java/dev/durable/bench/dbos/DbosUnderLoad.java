package dev.durable.bench.dbos;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.execution.ThrowingSupplier;
import dev.dbos.transact.workflow.WorkflowHandle;
import dev.durable.bench.load.DrivenEngine;

/**
 * DBOS, used by the object that its users have. The names of orchestrators are those of our
 * application.
 */
record DbosUnderLoad(DBOS dbos, Workflows workflows) implements DrivenEngine {

  @Override
  public Instance start(String orchestrator, int steps) {
    return new Started(dbos, dbos.startWorkflow(workflow(orchestrator, steps)));
  }

  private ThrowingSupplier<Integer, Exception> workflow(String orchestrator, int steps) {
    return switch (orchestrator) {
      case "bench-chain" -> () -> workflows.chain(steps);
      case "bench-fan-out" -> () -> workflows.fanOut(steps);
      case "bench-events" -> () -> workflows.events(steps);
      case "bench-counter" -> () -> workflows.counter(steps);
      default -> throw new IllegalArgumentException("There is no workflow " + orchestrator);
    };
  }

  private record Started(DBOS dbos, WorkflowHandle<Integer, Exception> handle) implements Instance {

    @Override
    public String id() {
      return handle.workflowId();
    }

    @Override
    public void send(int message) {
      dbos.send(id(), message, MeasuredWorkflows.TOPIC);
    }

    @Override
    public void allSent() {}

    @Override
    public int await() {
      try {
        return handle.getResult();
      } catch (Exception e) {
        throw new IllegalStateException("Workflow " + id() + " has failed", e);
      }
    }
  }
}
