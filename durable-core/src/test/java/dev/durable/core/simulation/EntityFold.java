package dev.durable.core.simulation;

import dev.durable.FailureDetails;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.EntityLockGranted;
import dev.durable.core.history.HistoryEvent.EntityLockPassedOn;
import dev.durable.core.history.HistoryEvent.EntityOperationCompleted;
import dev.durable.core.history.HistoryEvent.EntityOperationFailed;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.history.HistoryEvent.EntityUnlockRequested;
import dev.durable.core.history.ParentTask;
import dev.durable.core.simulation.EntityModel.Pending;
import dev.durable.core.store.Commit.EntityCommit;
import dev.durable.core.store.EntityDelivery;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One commit of an entity, message by message: what must come of it, and nothing else. */
final class EntityFold {

  private final World world;
  private final EntityLedger ledger;
  private final EntityModel entity;
  private final EntityCommit commit;
  private final Deployment node;
  private final boolean withBusinessWrites;
  private final boolean isKnown;
  private final int attempt;

  /** What was sent and has not been explained. */
  private final List<Message> answers;

  private final List<EntityDelivery> deliveries;
  private final List<NewInstance> starts;

  private @Nullable String state;
  private @Nullable ParentTask owner;
  private @Nullable ParentTask lastOwner;
  private boolean released;
  private boolean written;
  private int operations;
  private boolean transactional;

  EntityFold(
      World world,
      EntityLedger ledger,
      EntityModel entity,
      EntityCommit commit,
      boolean withBusinessWrites) {
    this.world = world;
    this.ledger = ledger;
    this.entity = entity;
    this.commit = commit;
    this.node = ledger.deployment(commit.lease().owner());
    this.withBusinessWrites = withBusinessWrites;
    this.isKnown = node.hasEntity(entity.id().name());
    this.attempt = ledger.attempt(commit.lease());
    this.answers = new ArrayList<>(commit.answers());
    this.deliveries = new ArrayList<>(commit.toEntities());
    this.starts = new ArrayList<>(commit.starts());
    this.state = entity.state();
    this.owner = entity.holder();
    this.lastOwner = owner;
  }

  /** Who has locked it by now; null for nobody. */
  @Nullable ParentTask owner() {
    return owner;
  }

  /** Who has locked it, or has just released it; null for nobody. */
  @Nullable ParentTask lastOwner() {
    return lastOwner;
  }

  /** Whether it was locked, and has been released. */
  boolean isReleased() {
    return released;
  }

  static boolean isOf(EntityOperationRequested operation, @Nullable ParentTask owner) {
    ParentTask caller = operation.caller();
    return caller != null
        && owner != null
        && caller.instance().equals(owner.instance())
        && caller.execution() == owner.execution();
  }

  // ---- operations

  /** Returns whether it ran. */
  boolean operation(EntityOperationRequested operation, Pending message) {
    require(owner == null || isOf(operation, owner), "a lock keeps others out", message);
    if (!isKnown) {
      require(operation.caller() != null, "a signal waits for code", message);
      answered(operation, OperationModel.failed(state, OperationModel.UNKNOWN), false);
      ledger.transfers().ran(operation, true, owner);
      world.statistics().named("entity", "call refused");
      return false;
    }
    operations++;
    checkLocked(operation);
    boolean poisoned = attempt > world.maxAttempts();
    OperationModel model =
        poisoned
            ? OperationModel.failed(state, FailureDetails.POISONED)
            : OperationModel.of(entity.id(), state, operation, node);
    boolean fails = model.failure() != null;
    world.statistics().named("operation", operation.operation() + (fails ? " failed" : " done"));
    if (poisoned) {
      world.statistics().named("entity", "operation poisoned");
    }
    if (owner != null) {
      world.statistics().named("entity", "operation in a critical section");
    }
    if (Things.isTransactional(operation.operation())) {
      transactional = true;
      written = !fails;
    }
    state = model.state();
    answered(operation, model, poisoned);
    effects(operation, model);
    if (!operation.operation().equals("delete")) {
      ledger.transfers().ran(operation, fails, owner);
    }
    return true;
  }

  /** What is awaited in a critical section finds its entity locked, unless its caller is over. */
  private void checkLocked(EntityOperationRequested operation) {
    if (operation.caller() != null
        && operation.input() != null
        && EntityInput.ofJson(operation.input()).isLocked()) {
      require(
          owner != null || ledger.hasEnded(operation.caller()),
          "a critical section is locked",
          operation);
    }
  }

  private void answered(
      EntityOperationRequested operation, OperationModel model, boolean poisoned) {
    ParentTask caller = operation.caller();
    if (caller == null) {
      return;
    }
    Completion answer = take(answers, message -> isFor(message, caller), "a call has its answer");
    boolean right =
        model.failure() == null
            ? answer instanceof EntityOperationCompleted done
                && Objects.equals(done.result(), model.result())
            : answer instanceof EntityOperationFailed failed
                && failed.failure().type().equals(model.failure());
    require(right, "the answer is right, with " + model + " for " + operation, answer);
    ledger.answered(operation);
  }

  private static boolean isFor(Message message, ParentTask caller) {
    return message.target().equals(caller.instance())
        && message.execution() == caller.execution()
        && message.event() instanceof Completion completion
        && completion.taskId() == caller.taskId();
  }

  private Completion take(List<Message> from, Predicate<Message> wanted, String what) {
    return (Completion) taken(from, wanted, what).event();
  }

  private <T> T taken(List<T> from, Predicate<T> wanted, String what) {
    for (Iterator<T> it = from.iterator(); it.hasNext(); ) {
      T each = it.next();
      if (wanted.test(each)) {
        it.remove();
        return each;
      }
    }
    throw world.violated(what + ": " + commit + " of " + entity, null);
  }

  private void effects(EntityOperationRequested operation, OperationModel model) {
    if (model.signals()) {
      EntityInput input = EntityInput.ofJson(String.valueOf(operation.input()));
      EntityInput next = input.relayed();
      EntityDelivery signal =
          taken(
              deliveries,
              delivery ->
                  delivery.entityId().equals(EntityDelivery.instanceId(input.target()))
                      && delivery.event().equals(signal(next, input.delay() > 0)),
              "what it signals is sent");
      require(
          signal.visibleAt().equals(commit.at().plusMillis(input.delay())),
          "what it signals is sent for its time",
          signal);
      world.statistics().named("entity", "signals entities");
    }
    if (model.starts()) {
      EntityInput input = EntityInput.ofJson(String.valueOf(operation.input()));
      String text = "\"" + input.program().text() + "\"";
      NewInstance start =
          taken(starts, each -> text.equals(each.input()), "what it starts is started");
      require(
          input.instanceId().isEmpty() || input.instanceId().equals(start.instanceId()),
          "it is started under its id",
          start);
      require(!world.contents(start.instanceId()).isEmpty(), "what is started is there", start);
      world.statistics().named("entity", "starts orchestrations");
    }
  }

  private static EntityOperationRequested signal(EntityInput next, boolean scheduled) {
    return new EntityOperationRequested(
        next.isRelayed() ? "relay" : "add", "\"" + next.text() + "\"", null, scheduled);
  }

  // ---- locks

  void lock(EntityLockPassedOn request) {
    ParentTask asking = request.owner();
    boolean last = request.place() == request.entityIds().size() - 1;
    require(
        request.entityIds().get(request.place()).equals(EntityDelivery.instanceId(entity.id())),
        "a lock is asked of whose turn it is",
        request);
    boolean passedOn =
        commit.toEntities().stream()
            .anyMatch(each -> each.messageId().equals(EntityDelivery.lockId(asking)));
    Message answer = answers.stream().filter(each -> isFor(each, asking)).findFirst().orElse(null);
    if (!passedOn && answer == null) {
      require(ledger.hasEnded(asking), "a request is not passed over", request);
      world.statistics().named("entity", "lock not needed any more");
      return;
    }
    require(owner == null, "there is one lock at a time", request);
    if (!isKnown) {
      Completion refusal = take(answers, each -> isFor(each, asking), "it is refused");
      require(refusal instanceof EntityOperationFailed, "what is unknown is not locked", refusal);
      world.statistics().named("entity", "lock refused");
      return;
    }
    owner = asking;
    lastOwner = asking;
    if (last) {
      Completion grant = take(answers, each -> isFor(each, asking), "it is granted");
      require(grant instanceof EntityLockGranted, "the last one grants", grant);
      for (String each : request.entityIds().subList(0, request.place())) {
        require(
            asking.equals(ledger.holder(each)) || ledger.hasEnded(asking),
            "all are locked when it is granted",
            each);
      }
      world.statistics().named("lock granted of", "" + request.entityIds().size());
    } else {
      String next = request.entityIds().get(request.place() + 1);
      EntityDelivery delivery =
          taken(
              deliveries,
              each -> each.messageId().equals(EntityDelivery.lockId(asking)),
              "it is passed on");
      require(
          delivery.entityId().equals(next)
              && delivery
                  .event()
                  .equals(new EntityLockPassedOn(asking, request.entityIds(), request.place() + 1)),
          "it is passed on to the next",
          delivery);
    }
  }

  void unlock(EntityUnlockRequested unlock) {
    if (unlock.owner().equals(owner)) {
      owner = null;
      released = true;
      if (!ledger.hasEnded(unlock.owner())) {
        ledger.transfers().checkReleased(unlock.owner());
        world.statistics().named("entity", "released by its owner");
      }
    }
  }

  // ---- the end

  void checkEnd() {
    require(Objects.equals(state, commit.state()), "the state is what operations make", state);
    require(Objects.equals(owner, commit.lockedBy()), "the lock is what messages make", owner);
    require(
        answers.isEmpty() && deliveries.isEmpty() && starts.isEmpty(),
        "nothing is sent but what operations send",
        answers + " " + deliveries + " " + starts);
    require(!transactional || operations == 1, "a transactional operation is alone", operations);
    require(
        withBusinessWrites == written,
        "business writes are there exactly when the state has them",
        written);
    boolean alone = attempt > 1 || world.maxAttempts() == 1;
    require(!alone || operations <= 1, "one by one where one may be poison", attempt);
  }

  private void require(boolean holds, String what, @Nullable Object detail) {
    if (!holds) {
      throw world.violated(what + ": " + detail + " in " + commit + " of " + entity, null);
    }
  }
}
