package dev.durable.core.spi;

import dev.durable.ActivityContext;
import org.jspecify.annotations.Nullable;

/** The activity that runs on the calling thread. */
public final class CurrentActivity {

  private static final CurrentContext<ActivityContext> CURRENT =
      new CurrentContext<>("activity", "ActivityContext");

  private CurrentActivity() {}

  /**
   * Its context.
   *
   * @throws IllegalStateException if none runs on this thread
   */
  public static ActivityContext get() {
    return CURRENT.get();
  }

  /** Runs user code as that activity. */
  public static <T extends @Nullable Object> T during(
      ActivityContext context, CurrentContext.Body<T> body) throws Throwable {
    return CURRENT.during(context, body);
  }
}
