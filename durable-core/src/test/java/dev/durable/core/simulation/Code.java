package dev.durable.core.simulation;

import dev.durable.OrchestrationContext;

/**
 * The orchestrator as it is deployed on a node.
 *
 * @param isNew whether it has the changes that old code has not
 * @param isDrifting whether it does not repeat what was recorded
 * @param fate of its node
 */
record Code(boolean isNew, boolean isDrifting, Fate fate) {

  /** What code may do to its node. */
  interface Fate {
    /** Code comes to a place that ends nodes. Perhaps it does not return. */
    void meets(String label);
  }

  /**
   * Does something that is not recorded, if it is that sort of code. Not a timer: one is like any
   * other to the engine, so that it could be taken for the next one that is recorded.
   *
   * @return whether it now returns at once
   */
  boolean drifts(OrchestrationContext ctx, String label) {
    if (!isDrifting) {
      return false;
    }
    switch (Flakiness.number(label, 3)) {
      case 0 -> ctx.call("drift", label, String.class);
      case 1 -> ctx.callSubOrchestrator("drift", label, String.class);
      default -> {
        return true;
      }
    }
    return false;
  }
}
