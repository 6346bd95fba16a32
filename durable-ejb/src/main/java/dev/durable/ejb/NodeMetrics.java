package dev.durable.ejb;

import dev.durable.core.worker.TaskHubListener;

/** What is counted about a node; by itself it counts nothing. */
interface NodeMetrics extends TaskHubListener {

  /** The engine has committed a transaction that it had begun itself. */
  default void transactionCommitted(StoreCall call) {}

  /** There is a node now, whose figures can be shown. */
  default void show(NodeFigures figures) {}
}
