package dev.durable.core.replay;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Action;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run takes in beyond its record. */
interface FreshEvents {

  /** The next event; null if there is none now. */
  @Nullable HistoryEvent next();

  /** All that has not been taken. Nothing comes after this. */
  List<HistoryEvent> rest();

  /** Whether it holds the answer to a call that is about to be made. */
  default boolean hasAnswerTo(Action wanted) {
    return false;
  }

  /** Told of a new decision. Gives what counts of it. */
  default Action decided(Action action) {
    return action;
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
