package dev.durable.core.testing;

/** Decides what goes wrong. Asked in the order of the calls, so a seeded one repeats itself. */
public interface Faults {

  /** What goes wrong with one call of a store. */
  enum Fault {
    /** Nothing. */
    NONE,
    /** The call never arrives; the caller gets an exception. */
    FAILS_BEFORE,
    /** The call is executed; the caller gets an exception, so that it cannot know. */
    FAILS_AFTER,
    /** The caller gets an exception; the call is still on its way and is executed later. */
    FAILS_AND_ARRIVES_LATE,
    /** The node dies; the call never arrives. */
    CRASHES_BEFORE,
    /** The call is executed; the node dies before it hears of it. */
    CRASHES_AFTER,
    /** The node dies instead of waiting; the call is still on its way and is executed later. */
    CRASHES_AND_ARRIVES_LATE;

    boolean arrivesBeforeTheAnswer() {
      return this == NONE || this == FAILS_AFTER || this == CRASHES_AFTER;
    }

    boolean arrivesLate() {
      return this == FAILS_AND_ARRIVES_LATE || this == CRASHES_AND_ARRIVES_LATE;
    }

    /** Whether the caller dies of it. */
    public boolean isCrash() {
      return this == CRASHES_BEFORE || this == CRASHES_AFTER || this == CRASHES_AND_ARRIVES_LATE;
    }
  }

  /** What goes wrong with that call. */
  Fault next(String call);

  /** Whether a claimed instance is given messages once more that were delivered before. */
  boolean deliversAgain();

  /** Whether the leases of a claim are over as soon as they are given. */
  boolean losesLease();

  /** Takes a call that is to be executed later, or never. */
  void later(Runnable call);

  /** Before a call is sent, and before its answer is read: here others may get ahead. */
  default void pause() {}
}
