package dev.durable.core.spi;

import dev.durable.ActivityContext;
import org.jspecify.annotations.Nullable;

/** The activity that runs on the calling thread. */
public final class CurrentActivity {

  private static final ThreadLocal<@Nullable ActivityContext> CURRENT = new ThreadLocal<>();

  private CurrentActivity() {}

  /**
   * Its context.
   *
   * @throws IllegalStateException if none runs on this thread
   */
  public static ActivityContext get() {
    ActivityContext context = CURRENT.get();
    if (context == null) {
      throw new IllegalStateException(
          "No activity runs on the thread "
              + Thread.currentThread().getName()
              + ". An ActivityContext belongs to the thread that runs the activity.");
    }
    return context;
  }

  /** Runs user code as that activity. */
  public static <T extends @Nullable Object> T during(ActivityContext context, Body<T> body)
      throws Throwable {
    CURRENT.set(context);
    try {
      return body.run();
    } finally {
      CURRENT.remove();
    }
  }

  /** What runs meanwhile. */
  @FunctionalInterface
  public interface Body<T extends @Nullable Object> {
    /** Runs it. */
    T run() throws Throwable;
  }
}
