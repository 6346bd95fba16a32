package dev.durable.core.worker;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryLog;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.RecordedHistory;
import dev.durable.core.store.CachedHistories;
import dev.durable.core.store.CachedHistory;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.ExecutionSnapshot;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease.InstanceLease;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The histories of the orchestrations that a node has committed last, so that it need not read them
 * for the next episode. It makes episodes faster and never other: what it holds may be too short,
 * but is never wrong.
 *
 * <p>Why: whatever happens to an instance, to a key and the number of an execution there is one
 * history, and it only grows. Episodes append; so does a termination from outside of any episode.
 * All that makes a history begin anew raises the number of the execution in the same transaction:
 * continue-as-new, the first episode after a rewind, and another start of a finished id. A number
 * is never given twice, since each is the one of the row and one more, under the row's version; and
 * a purge, after which numbers begin at 1, is the end of the key. Only a database that is put back
 * to a former state under a running node breaks this, as it breaks all that a node knows.
 *
 * <p>And what is put in is what is stored: an episode's history as it was claimed, and what its
 * commit appended, after the store has said that it is written. So an entry that another node has
 * made old still says how the execution begins, and one of another execution is not asked.
 *
 * <p>Bounded in bytes, as estimated from the length of texts; what was used least recently goes
 * first. Entities have no history and are not in it. Thread-safe.
 */
public final class InstanceCache implements CachedHistories {

  /** The key, the lists around the events, and what keeps the order. */
  private static final int PER_INSTANCE = 400;

  /**
   * How it does.
   *
   * @param hits claims of instances with a history that was known here, or how it begins
   * @param misses those of which nothing was known
   * @param evictions how many instances had to make room
   * @param instances how many are in it
   * @param bytes about how much memory they take
   */
  public record Figures(long hits, long misses, long evictions, int instances, long bytes) {}

  /** How this node's last commit has left an instance's row, which goes on. */
  private record Standing(InstanceRef instance, ExecutionSnapshot execution, long version) {}

  /**
   * A history.
   *
   * @param read as an episode has read it; null while one has it, or none has read it
   * @param standing null if the row is known to have changed since
   */
  private record Entry(
      int execution,
      HistoryLog events,
      long bytes,
      @Nullable RecordedHistory read,
      @Nullable Standing standing) {

    Entry and(List<HistoryEvent> more) {
      return new Entry(execution, events.and(more), bytes + EventSize.of(more), null, null);
    }

    Entry read(@Nullable RecordedHistory byWhom) {
      return new Entry(execution, events, bytes, byWhom, standing);
    }

    Entry standing(@Nullable Standing now) {
      return new Entry(execution, events, bytes, read, now);
    }
  }

  private final long maxBytes;
  private final Map<Long, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;
  private long hits;
  private long misses;
  private long evictions;

  /**
   * For so many bytes; 0 for a cache that is off, which holds and counts nothing.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public InstanceCache(long maxBytes) {
    if (maxBytes < 0) {
      throw new IllegalArgumentException("maxBytes is " + maxBytes + "; allowed: 0 or more");
    }
    this.maxBytes = maxBytes;
  }

  /** One that is off. */
  public static InstanceCache off() {
    return new InstanceCache(0);
  }

  @Override
  public synchronized @Nullable CachedHistory find(long instanceKey) {
    Entry entry = entries.get(instanceKey);
    return entry == null ? null : new CachedHistory(entry.execution(), entry.events());
  }

  /** How it does. */
  public synchronized Figures figures() {
    return new Figures(hits, misses, evictions, entries.size(), bytes);
  }

  /** Forgets all. */
  public synchronized void clear() {
    entries.clear();
    bytes = 0;
  }

  /**
   * Counts a claim as a hit or a miss, if there was something to be known. The row is not as the
   * last commit has left it any more.
   */
  synchronized void claimed(InstanceWorkItem item) {
    if (maxBytes == 0) {
      return;
    }
    long key = item.lease().instance().key();
    Entry entry = entries.get(key);
    if (entry != null && entry.standing() != null) {
      entries.put(key, entry.standing(null));
    }
    if (item.history().isEmpty()) {
      return;
    }
    if (entry != null && entry.execution() == item.execution().number()) {
      hits++;
    } else {
      misses++;
    }
  }

  /**
   * The instance as this node's last commit has left it, as if it were claimed, and without
   * messages: unless it is known to have changed since, or does not run in that execution. Whether
   * it has changed is for the fence to say.
   */
  synchronized Optional<InstanceWorkItem> unclaimed(
      InstanceRef instance, int execution, String owner) {
    Entry entry = entries.get(instance.key());
    Standing standing = entry == null ? null : entry.standing();
    if (standing == null || standing.execution().number() != execution) {
      return Optional.empty();
    }
    return Optional.of(
        new InstanceWorkItem(
            new InstanceLease(standing.instance(), owner, standing.version()),
            standing.execution(),
            entry.events(),
            List.of(),
            1));
  }

  /** The history of a claimed item, for one episode: what was read before is not read again. */
  RecordedHistory read(InstanceWorkItem item) {
    RecordedHistory known = takeRead(item);
    return known == null ? RecordedHistory.of(item.history()) : known;
  }

  private synchronized @Nullable RecordedHistory takeRead(InstanceWorkItem item) {
    long key = item.lease().instance().key();
    Entry entry = entries.get(key);
    if (entry == null
        || entry.execution() != item.execution().number()
        || entry.events().size() != item.history().size()) {
      return null;
    }
    entries.put(key, entry.read(null));
    return entry.read();
  }

  /** The commit of an episode of that item is stored, which leaves what it has read. */
  void stored(InstanceWorkItem item, EpisodeCommit commit, RecordedHistory read) {
    InstanceRef instance = item.lease().instance();
    ExecutionSnapshot after = commit.snapshot();
    boolean begunAnew = after.number() > item.execution().number();
    List<HistoryEvent> before = begunAnew ? List.of() : item.history();
    if (after.status().isFinished() || before.size() + commit.appended().size() == 0) {
      forget(instance);
    } else if (maxBytes > 0) {
      RecordedHistory readSoFar = begunAnew ? null : read;
      if (readSoFar != null) {
        readSoFar.readOn(commit.appended());
      }
      keep(commit, before, readSoFar);
    }
  }

  private synchronized void keep(
      EpisodeCommit commit, List<HistoryEvent> before, @Nullable RecordedHistory read) {
    long key = commit.lease().instance().key();
    int execution = commit.snapshot().number();
    Entry known = entries.get(key);
    if (known != null && isNewer(known, execution, before.size() + commit.appended().size())) {
      return;
    }
    Entry start = beginning(known, execution, before);
    int missing = start.events().size();
    remove(key);
    Entry entry =
        start
            .and(before.subList(missing, before.size()))
            .and(commit.appended())
            .read(read)
            .standing(standing(commit));
    entries.put(key, entry);
    bytes += entry.bytes();
    makeRoom();
  }

  private static @Nullable Standing standing(EpisodeCommit commit) {
    return commit.snapshot().status() == RuntimeStatus.RUNNING
        ? new Standing(commit.lease().instance(), commit.snapshot(), commit.lease().version() + 1)
        : null;
  }

  /** One that is as long may be the same; then the commit that is told last has written last. */
  private static boolean isNewer(Entry known, int execution, int size) {
    return known.execution() > execution
        || (known.execution() == execution && known.events().size() > size);
  }

  /** What is there already of what is to be kept. */
  private static Entry beginning(@Nullable Entry known, int execution, List<HistoryEvent> before) {
    return known != null && known.execution() == execution && known.events().size() <= before.size()
        ? known
        : new Entry(execution, HistoryLog.of(List.of()), PER_INSTANCE, null, null);
  }

  private void makeRoom() {
    Iterator<Entry> eldest = entries.values().iterator();
    while (bytes > maxBytes) {
      bytes -= eldest.next().bytes();
      eldest.remove();
      evictions++;
    }
  }

  /** An instance is over, or what it holds of it is in doubt. */
  synchronized void forget(InstanceRef instance) {
    remove(instance.key());
  }

  private void remove(long key) {
    Entry removed = entries.remove(key);
    if (removed != null) {
      bytes -= removed.bytes();
    }
  }
}
