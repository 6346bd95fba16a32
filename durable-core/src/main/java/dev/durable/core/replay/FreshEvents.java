package dev.durable.core.replay;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.CallKept;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run takes in beyond its record. */
interface FreshEvents {

  /** The next event; null if there is none now. */
  @Nullable HistoryEvent next();

  /** All that has not been taken. Nothing comes after this. */
  List<HistoryEvent> rest();

  /** Whether it holds the answer to a call that was made before at the same place. */
  default boolean hasAnswerAtThisPlace(Action wanted) {
    return false;
  }

  /** Whether it holds the firing of a timer for that time that is still to be created. */
  default boolean hasFired(Instant fireAt) {
    return false;
  }

  /** Told of a new decision. Gives the call of before that it makes again. */
  default Optional<CallKept> decided(Action action) {
    return Optional.empty();
  }

  /** Events that have just come. */
  static FreshEvents of(List<HistoryEvent> events) {
    return new FreshEvents() {
      private int next;

      @Override
      public @Nullable HistoryEvent next() {
        return next < events.size() ? events.get(next++) : null;
      }

      @Override
      public List<HistoryEvent> rest() {
        List<HistoryEvent> rest = events.subList(next, events.size());
        next = events.size();
        return rest;
      }
    };
  }
}
