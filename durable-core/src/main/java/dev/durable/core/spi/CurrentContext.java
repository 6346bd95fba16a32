package dev.durable.core.spi;

import org.jspecify.annotations.Nullable;

/**
 * What the user code that runs on the calling thread may know of its call.
 *
 * @param <C> the type of contexts
 */
public final class CurrentContext<C> {

  private final ThreadLocal<@Nullable C> current = new ThreadLocal<>();
  private final String of;
  private final String name;

  /**
   * For contexts of one kind.
   *
   * @param of whose they are, as in a sentence
   * @param name their type, as in a sentence
   */
  CurrentContext(String of, String name) {
    this.of = of;
    this.name = name;
  }

  C get() {
    C context = current.get();
    if (context == null) {
      throw new IllegalStateException(
          "No "
              + of
              + " runs on the thread "
              + Thread.currentThread().getName()
              + ". The "
              + name
              + " belongs to the thread that runs it.");
    }
    return context;
  }

  <T extends @Nullable Object> T during(C context, Body<T> body) throws Throwable {
    current.set(context);
    try {
      return body.run();
    } finally {
      current.remove();
    }
  }

  /** What runs meanwhile. */
  @FunctionalInterface
  public interface Body<T extends @Nullable Object> {
    /** Runs it. */
    T run() throws Throwable;
  }
}
