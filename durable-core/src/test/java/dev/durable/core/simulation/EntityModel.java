package dev.durable.core.simulation;

import dev.durable.EntityId;
import dev.durable.core.history.HistoryEvent.EntityLockPassedOn;
import dev.durable.core.history.HistoryEvent.EntityMessage;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.history.HistoryEvent.EntityUnlockRequested;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.InMemoryTaskHub.Contents;
import dev.durable.core.store.InboxMessage;
import dev.durable.core.store.Message;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one entity must look like: the fold of all that was sent to it. */
final class EntityModel {

  /**
   * A message that lies in the inbox.
   *
   * @param sender whose messages come in their order
   * @param number counts all messages of a hub
   */
  record Pending(EntityMessage event, String sender, long number, Instant visibleAt) {
    boolean isScheduled() {
      return event instanceof EntityOperationRequested operation && operation.scheduled();
    }
  }

  private final World world;
  private final EntityLedger ledger;
  private final EntityId id;
  private final Map<String, Pending> pending = new LinkedHashMap<>();
  private final Set<String> remembered = new HashSet<>();
  private final Set<String> heldBack = new HashSet<>();
  private final Map<String, Pending> last = new HashMap<>();
  private @Nullable String state;
  private @Nullable ParentTask holder;
  private long version;

  EntityModel(World world, EntityLedger ledger, EntityId id) {
    this.world = world;
    this.ledger = ledger;
    this.id = id;
  }

  EntityId id() {
    return id;
  }

  /** Who has locked it; null for nobody. */
  @Nullable ParentTask holder() {
    return holder;
  }

  boolean isLockedBy(InstanceRef instance, int execution) {
    return holder != null && holder.instance().equals(instance) && holder.execution() == execution;
  }

  @Nullable String state() {
    return state;
  }

  boolean isPending(String messageId) {
    return pending.containsKey(messageId);
  }

  /** Whether it may be removed. */
  boolean isEmpty() {
    return state == null && holder == null && pending.isEmpty();
  }

  // ---- what is sent to it

  /** A message came; nothing becomes of one whose id is remembered. */
  void accepted(EntityDelivery delivery, String sender, long number, boolean once) {
    if (once && !remembered.add(delivery.messageId())) {
      world.statistics().named("entity", "signal came before");
      return;
    }
    Pending added = new Pending(delivery.event(), sender, number, delivery.visibleAt());
    Pending before = pending.putIfAbsent(delivery.messageId(), added);
    require(
        before == null || delivery.event() instanceof EntityUnlockRequested,
        "a message is sent once",
        delivery);
  }

  // ---- what it does

  /** Its next state was stored, by an operation's own transaction or not. */
  void committed(EntityCommit commit, boolean withBusinessWrites) {
    EntityFold fold = new EntityFold(world, ledger, this, commit, withBusinessWrites);
    for (String messageId : commit.consumed()) {
      Pending message = pending.remove(messageId);
      if (message == null) {
        throw world.violated("what is taken in was sent, once: " + messageId + " of " + this, null);
      }
      require(!heldBack.contains(messageId), "what is held back is not taken in", messageId);
      if (message.event() instanceof EntityOperationRequested operation) {
        if (fold.operation(operation, message)) {
          checkOrder(message);
        }
      } else if (message.event() instanceof EntityLockPassedOn request) {
        fold.lock(request);
      } else if (message.event() instanceof EntityUnlockRequested unlock) {
        fold.unlock(unlock);
      }
    }
    commit.heldBack().forEach(messageId -> checkHeldBack(messageId, fold.lastOwner()));
    heldBack.addAll(commit.heldBack());
    require(commit.bringsBack() == fold.isReleased(), "an unlock brings all back", commit);
    if (commit.bringsBack()) {
      heldBack.clear();
    }
    fold.checkEnd();
    state = commit.state();
    holder = commit.lockedBy();
    require(holder != null || heldBack.isEmpty(), "nothing is held back for nobody", heldBack);
  }

  private void checkHeldBack(String messageId, @Nullable ParentTask owner) {
    Pending held = pending.get(messageId);
    require(held != null && owner != null, "what is held back waits for somebody", messageId);
    world.statistics().named("entity", "held back");
    boolean foreign =
        held != null
            && (held.event() instanceof EntityLockPassedOn
                || (held.event() instanceof EntityOperationRequested operation
                    && !EntityFold.isOf(operation, owner)));
    require(foreign, "what is of others is held back", held);
  }

  /** Of one sender in their order, whatever the clocks of its nodes said. */
  private void checkOrder(Pending message) {
    if (message.isScheduled()) {
      require(!message.visibleAt().isAfter(world.clock().instant()), "no signal is early", message);
      world.statistics().named("entity", "scheduled signal ran");
      return;
    }
    Pending before = last.put(message.sender(), message);
    require(
        before == null || before.number() < message.number(),
        "operations of one sender run in their order: " + before + " was before",
        message);
  }

  // ---- what the hub holds of it

  void check(Contents now, Map<String, Contents> all) {
    var entity = Objects.requireNonNull(now.entity(), "an entity");
    require(Objects.equals(entity.state(), state), "the state is what operations made", now);
    require(
        Objects.equals(entity.lockedBy(), holder == null ? null : holder.instance().id()),
        "the lock is whose it was granted to",
        now);
    if (version != now.version() || pending.size() != now.inbox().size()) {
      checkInbox(now, all);
      version = now.version();
    }
    if (holder != null && ledger.isOver(holder, all)) {
      require(
          pending.containsKey(EntityDelivery.unlockId(holder)),
          "whose owner is over is about to be released",
          now);
    }
  }

  private void checkInbox(Contents now, Map<String, Contents> all) {
    for (InboxMessage each : now.inbox()) {
      Message message = each.message();
      Pending known = pending.get(message.messageId());
      if (known == null && message.event() instanceof EntityUnlockRequested unlock) {
        require(ledger.hasEnded(unlock.owner(), all), "nobody is released too soon", message);
        world.statistics().named("entity", "released by the store");
        known = new Pending(unlock, "store", ledger.next(), message.visibleAt());
        pending.put(message.messageId(), known);
      }
      require(
          known != null && known.event().equals(message.event()), "what is there was sent", each);
    }
    require(pending.size() == now.inbox().size(), "nothing that was sent is lost", now);
  }

  void checkAtRest() {
    require(pending.isEmpty() && heldBack.isEmpty(), "nothing waits for ever", pending);
    require(holder == null, "nothing is locked for ever", String.valueOf(holder));
  }

  void require(boolean holds, String what, @Nullable Object detail) {
    if (!holds) {
      throw world.violated(what + ": " + detail + " of " + this, null);
    }
  }

  @Override
  public String toString() {
    return id + " with " + state + " locked by " + holder + " and " + pending;
  }
}
