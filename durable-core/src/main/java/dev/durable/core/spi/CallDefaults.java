package dev.durable.core.spi;

import dev.durable.ActivityOptions;

/**
 * How an activity is called where its caller does not say. It may say something else after a
 * restart: what counts for a call is recorded with it.
 */
@FunctionalInterface
public interface CallDefaults {

  /** The options of the activity of that name; those that are null are not set. */
  ActivityOptions of(String activity);

  /** One attempt, no time-out. */
  static CallDefaults none() {
    return activity -> ActivityOptions.defaults();
  }
}
