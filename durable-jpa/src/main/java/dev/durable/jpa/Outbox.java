package dev.durable.jpa;

import dev.durable.core.store.Message;
import dev.durable.jpa.RowLocks.Address;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The messages of a commit, on their way into inboxes. Those that are there already, or whose
 * targets are gone, are left out when they are inserted.
 */
final class Outbox {

  private final Hub hub;
  private final Map<Address, Message> messages = new LinkedHashMap<>();

  Outbox(Hub hub) {
    this.hub = hub;
  }

  void add(Message message) {
    messages.putIfAbsent(Address.of(message), message);
  }

  /** Inserts them in their order. */
  void insert(Batch batch) {
    for (Message message : messages.values()) {
      batch.insert(NewRows.INBOX, InboxRow.values(hub.name(), message));
    }
  }
}
