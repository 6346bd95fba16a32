package dev.durable.jpa;

import java.util.List;
import java.util.stream.Stream;

/**
 * Keys for new instances, which are taken from the database in blocks. Whether a transaction that
 * took one is rolled back does not matter: no key is handed out twice.
 *
 * <p>Thread-safe.
 */
final class InstanceKeys {

  private long next;
  private long end;

  /** A key that nobody has had. */
  synchronized long next(Hub hub) {
    if (next == end) {
      long last = hub.dialect().rowLocks().lastKeyOfABlock(hub);
      next = last - InstanceRow.KEYS_AT_ONCE + 1;
      end = last + 1;
    }
    return next++;
  }

  /** So many of them. */
  List<Long> next(Hub hub, int count) {
    return Stream.generate(() -> next(hub)).limit(count).toList();
  }
}
