package dev.durable.jpa;

import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.TimerFired;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Message;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The messages of a commit, on their way into inboxes. */
final class Outbox {

  /** The unique key of a message. */
  private record Address(long instanceKey, String messageId) {
    static Address of(Message message) {
      return new Address(message.target().key(), message.messageId());
    }
  }

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
   * inserted in no particular order, so that of events and terminations to one target, whose order
   * of arrival matters, each is flushed before the next. Answers are recognised by their task and
   * need no order.
   */
  void insert() {
    keepThoseThatAreMissing();
    Set<Long> targets = new HashSet<>();
    for (Message message : messages.values()) {
      if (!(message.event() instanceof Completion) && !targets.add(message.target().key())) {
        hub.em().flush();
        targets.clear();
        targets.add(message.target().key());
      }
      hub.em().persist(new InboxRow(hub.name(), message));
    }
  }

  private void keepThoseThatAreMissing() {
    Set<Long> targets = new HashSet<>();
    Set<Address> there = new HashSet<>();
    for (List<Address> portion : hub.portions(perhapsThere)) {
      for (Object[] row :
          hub.dialect()
              .claims()
              .inboxes(
                  hub,
                  portion.stream().map(Address::instanceKey).distinct().toList(),
                  portion.stream().map(Address::messageId).distinct().toList())) {
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
