package dev.durable.core.spi;

import dev.durable.ActivityOptions;
import dev.durable.RetryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How a function is called where its caller does not say. It may say something else after a
 * restart: what counts for a call is recorded with it.
 */
public interface CallDefaults {

  /** The options of the activity of that name; those that are null are not set. */
  ActivityOptions ofActivity(String name);

  /** How often a sub-orchestration of that name is tried again; null for one attempt. */
  @Nullable RetryPolicy ofOrchestrator(String name);

  /** One attempt, no time-out. */
  static CallDefaults none() {
    return new CallDefaults() {
      @Override
      public ActivityOptions ofActivity(String name) {
        return ActivityOptions.defaults();
      }

      @Override
      public @Nullable RetryPolicy ofOrchestrator(String name) {
        return null;
      }
    };
  }
}
