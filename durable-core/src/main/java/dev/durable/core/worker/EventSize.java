package dev.durable.core.worker;

import dev.durable.FailureDetails;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.Call;
import dev.durable.core.history.HistoryEvent.CallKept;
import dev.durable.core.history.HistoryEvent.EntityLockRequested;
import dev.durable.core.history.HistoryEvent.ResultKept;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** About how much memory events take: two bytes for each character, and a constant for the rest. */
final class EventSize {

  /** Objects, references, numbers, ids, and the place in what reads and keeps them. */
  static final int PER_EVENT = 300;

  private static final int PER_CHARACTER = 2;

  private EventSize() {}

  static long of(List<HistoryEvent> events) {
    long bytes = 0;
    for (HistoryEvent event : events) {
      bytes += PER_EVENT + PER_CHARACTER * characters(event);
    }
    return bytes;
  }

  private static long characters(HistoryEvent event) {
    return length(event.name())
        + length(event.payload())
        + characters(event.failure())
        + special(event);
  }

  private static long special(HistoryEvent event) {
    if (event instanceof Call call) {
      return length(call.call().progress());
    } else if (event instanceof ResultKept result) {
      return length(result.input());
    } else if (event instanceof CallKept kept) {
      return length(kept.instanceId());
    } else if (event instanceof EntityLockRequested lock) {
      return lock.entityIds().stream().mapToLong(String::length).sum();
    }
    return 0;
  }

  private static long characters(@Nullable FailureDetails failure) {
    return failure == null
        ? 0
        : length(failure.type())
            + length(failure.message())
            + length(failure.stackTrace())
            + characters(failure.cause());
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
