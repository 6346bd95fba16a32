package dev.durable.ejb;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import org.jspecify.annotations.Nullable;

/** Gives activities a request context of their own, as a request would have. */
@ApplicationScoped
class RequestScope {

  /** What is called in it. */
  interface Call {
    @Nullable Object call() throws Throwable;
  }

  /** Calls it; what it throws passes. */
  @ActivateRequestContext
  @Nullable Object call(Call call) throws Throwable {
    return call.call();
  }
}
