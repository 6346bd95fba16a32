package dev.durable.ejb;

import jakarta.enterprise.inject.spi.Bean;
import org.jspecify.annotations.Nullable;

/**
 * Calls code of a bean with the class loader of the bean's archive as the thread's, as the
 * container does for requests.
 */
final class InArchive {

  private InArchive() {}

  /** What is called. */
  interface Call<T extends @Nullable Object> {
    T call() throws Throwable;
  }

  /** Calls it; what it throws passes. */
  static <T extends @Nullable Object> T of(Bean<?> bean, Call<T> call) throws Throwable {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(bean.getBeanClass().getClassLoader());
    try {
      return call.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
