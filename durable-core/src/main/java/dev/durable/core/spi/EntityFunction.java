package dev.durable.core.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A user's entity: what may be done to states of one name. */
public interface EntityFunction {

  /** Its operations by their names; without {@link EntityOperations#DELETE} if it has none. */
  Map<String, EntityOperations.Declared> operations();

  /**
   * Makes an object of a state.
   *
   * @param state JSON text that {@link Opened#state} gave; null for the first state
   * @throws Throwable what the user's code throws, not wrapped, or that the text does not fit
   */
  Opened open(@Nullable String state) throws Throwable;

  /** A state that is an object. For one thread; to be closed. */
  interface Opened extends AutoCloseable {

    /** Runs an operation. Throws what the user's method throws, not wrapped. */
    @Nullable Object invoke(String operation, @Nullable Object input) throws Throwable;

    /**
     * What the object holds now, as JSON text.
     *
     * @throws RuntimeException if it cannot be written
     */
    String state();

    /** The object is not used any more. */
    @Override
    void close();
  }
}
