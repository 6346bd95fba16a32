package dev.durable.core.worker;

import java.time.Instant;

/** The hints that a node gives itself: it alone schedules activities. */
interface NodeWakeUps extends WakeUps {

  /** A task of that activity is visible. */
  void activityDue(String name);

  /** Tasks of whatever activities may be visible. */
  void activitiesDue();

  /** Tasks are in this node's hands that wait for slots until then, and no longer. */
  void activitiesWaitUntil(Instant time);

  /** There is a free slot for an activity that was not claimed for want of one. */
  void activitySlotFree();
}
