package dev.durable.core.worker;

/** The hints that a node gives itself: it alone schedules activities. */
interface NodeWakeUps extends WakeUps {

  /** An activity task is visible. */
  void activityDue();
}
