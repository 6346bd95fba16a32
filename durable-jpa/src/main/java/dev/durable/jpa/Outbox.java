package dev.durable.jpa;

import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.TimerFired;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Message;
import dev.durable.jpa.RowLocks.Address;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The messages of a commit, on their way into inboxes. */
final class Outbox {

  private final Hub hub;
  private final Map<Address, Message> messages = new LinkedHashMap<>();
  private final Set<Address> perhapsThere = new HashSet<>();

  Outbox(Hub hub) {
    this.hub = hub;
  }

  /** Adds a message that the target cannot have, because the fence lets nobody else write it. */
  void addNew(Message message) {
    messages.putIfAbsent(Address.of(message), message);
  }

  /** Adds a message to another instance, which may have it already, and may be gone. */
  void add(Message message) {
    perhapsThere.add(Address.of(message));
    addNew(message);
  }

  /** Adds a message of an episode. */
  void add(Message message, EpisodeCommit from) {
    boolean toItself = message.target().equals(from.lease().instance());
    boolean ofItself =
        message.event() instanceof TimerFired || message.event() instanceof ExecutionStarted;
    if (!toItself || !ofItself) {
      perhapsThere.add(Address.of(message));
    }
    addNew(message);
  }

  /**
   * Inserts those that are not there yet and whose targets are there. The rows of one flush are
   * inserted in no particular order; so where a target gets several messages whose order of arrival
   * matters, all are inserted by statements, which a batch keeps in order. Answers are recognised
   * by their task and need no order.
   */
  void insert() {
    keepThoseThatAreMissing();
    List<InboxRow> rows =
        messages.values().stream().map(message -> new InboxRow(hub.name(), message)).toList();
    if (isInOrder()) {
      rows.forEach(row -> row.insert(hub));
    } else {
      rows.forEach(hub.em()::persist);
    }
  }

  private boolean isInOrder() {
    Set<Long> targets = new HashSet<>();
    return messages.values().stream()
        .filter(message -> !(message.event() instanceof Completion))
        .anyMatch(message -> !targets.add(message.target().key()));
  }

  private void keepThoseThatAreMissing() {
    Set<Long> targets = new HashSet<>();
    Set<Address> there = new HashSet<>();
    for (List<Address> portion : hub.portions(perhapsThere)) {
      for (Object[] row : hub.dialect().rowLocks().inboxes(hub, portion)) {
        targets.add(NativeSql.number(row[0]));
        if (row[1] != null) {
          there.add(new Address(NativeSql.number(row[0]), (String) row[1]));
        }
      }
    }
    for (Address address : perhapsThere) {
      if (there.contains(address) || !targets.contains(address.instanceKey())) {
        messages.remove(address);
      }
    }
  }
}
