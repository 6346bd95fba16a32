package dev.durable.core.spi;

import dev.durable.EntityContext;
import org.jspecify.annotations.Nullable;

/** The operation of an entity that runs on the calling thread. */
public final class CurrentEntity {

  private static final CurrentContext<EntityContext> CURRENT =
      new CurrentContext<>("operation of an entity", "EntityContext");

  private CurrentEntity() {}

  /**
   * Its context.
   *
   * @throws IllegalStateException if none runs on this thread
   */
  public static EntityContext get() {
    return CURRENT.get();
  }

  /** Runs user code as that operation. */
  public static <T extends @Nullable Object> T during(
      EntityContext context, CurrentContext.Body<T> body) throws Throwable {
    return CURRENT.during(context, body);
  }
}
