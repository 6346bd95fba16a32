package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.DurableClient;
import dev.durable.EntityId;
import dev.durable.EntityLock;
import dev.durable.RuntimeStatus;
import dev.durable.SignalOptions;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.testing.Counter;
import dev.durable.core.worker.Town.Inhabitant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orchestrations, entities and activities: slots, claims and hints of their own. */
class KindsTest {

  private static final EntityId A = Counter.id("a");

  private final Town town = new Town();
  private final DurableClient client = town.client();
  private final List<InstanceClaim> claims = new ArrayList<>();
  private final Inhabitant node =
      town.node(
          "node-a",
          new ForwardingStore(town.store) {
            @Override
            public List<InstanceWorkItem> claimInstances(InstanceClaim claim) {
              claims.add(claim);
              return super.claimInstances(claim);
            }
          },
          Town.slots(2, 3, 1));

  @BeforeEach
  void deploy() {
    town.functions.entity(Counter.class);
  }

  private void signal(int entities) {
    for (int i = 0; i < entities; i++) {
      client.signalEntity(Counter.id("e" + i), Counter::add, 1);
    }
  }

  private int value(EntityId entity) {
    return client
        .readEntity(entity, Map.class)
        .map(map -> ((Number) map.get("value")).intValue())
        .orElse(0);
  }

  private void hint(InstanceKind kind) {
    node.node.wakeUps().instanceDue(kind);
    node.run();
  }

  // ---- slots and claims

  @Test
  void entitiesThatRunTakeNoSlotFromOrchestrations() {
    town.functions.orchestrator("sample", ctx -> "done");
    signal(5);
    for (int i = 0; i < 5; i++) {
      town.start("order-" + i);
    }
    node.node.poll();
    node.loops.runAll();

    assertThat(node.entities.waiting()).isEqualTo(3);
    assertThat(node.episodes.waiting()).isEqualTo(2);
    node.run();
    for (int i = 0; i < 5; i++) {
      assertThat(value(Counter.id("e" + i))).isEqualTo(1);
      assertThat(town.status("order-" + i).output()).isEqualTo("\"done\"");
    }
  }

  @Test
  void eachClaimIsForOneKindAndNeverForMoreThanThereAreFreeSlots() {
    town.functions.orchestrator("sample", ctx -> "done");
    signal(7);
    town.start("order-1");
    node.poll();

    assertThat(claims)
        .allMatch(
            claim ->
                claim.kinds().equals(Set.of(InstanceKind.ENTITY)) && claim.claim().max() <= 3
                    || claim.kinds().equals(Set.of(InstanceKind.ORCHESTRATION))
                        && claim.claim().max() <= 2);
  }

  @Test
  void orchestrationsThatWaitTakeNoSlot() {
    town.functions.orchestrator("sample", ctx -> ctx.waitForEvent("go", String.class).await());
    for (int i = 0; i < 9; i++) {
      town.start("order-" + i);
    }
    node.poll();

    for (int i = 0; i < 9; i++) {
      assertThat(town.status("order-" + i).runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
    }
    assertThat(node.node.activeLeases()).isZero();
  }

  @Test
  void aHintOfOneKindLeadsToNoClaimOfAnother() {
    node.poll();
    claims.clear();
    hint(InstanceKind.ENTITY);

    assertThat(claims).extracting(InstanceClaim::kinds).containsOnly(Set.of(InstanceKind.ENTITY));
  }

  // ---- one hint is enough

  @Test
  void oneHintIsEnoughForCallsOfEntitiesAndTheirAnswers() {
    town.functions.orchestrator(
        "sample",
        ctx -> {
          ctx.signalEntity(A, Counter::add, 5);
          ctx.callEntity(A, Counter::add, 2).await();
          return ctx.callEntity(A, Counter::get).await();
        });
    town.start("order-1");
    hint(InstanceKind.ORCHESTRATION);

    assertThat(town.status("order-1").output()).isEqualTo("7");
  }

  @Test
  @SuppressWarnings("try") // a critical section need not mention its lock
  void oneHintIsEnoughForCriticalSectionsThatWaitForEachOther() {
    town.functions.orchestrator(
        "sample",
        ctx -> {
          try (EntityLock lock = ctx.lock(A, Counter.id("b"))) {
            ctx.callEntity(A, Counter::add, 1).await();
            throw new IllegalStateException("as told");
          }
        });
    for (int i = 0; i < 5; i++) {
      town.start("order-" + i);
    }
    hint(InstanceKind.ORCHESTRATION);

    for (int i = 0; i < 5; i++) {
      assertThat(town.status("order-" + i).runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    }
    assertThat(value(A)).isEqualTo(5);
  }

  @Test
  void oneHintIsEnoughForWhatAnEntityStartsAndSignals() {
    town.functions.orchestrator("sample", Integer.class, (ctx, n) -> n * 2);
    client.signalEntity(A, Counter::add, 5);
    client.signalEntity(A, Counter::forward, Counter.id("b"));
    client.signalEntity(A, Counter::start, "from-a");
    hint(InstanceKind.ENTITY);

    assertThat(value(Counter.id("b"))).isEqualTo(5);
    assertThat(town.status("from-a").output()).isEqualTo("10");
  }

  @Test
  void aScheduledSignalOfAnEntityWakesWhenItIsDue() {
    client.signalEntity(A, Counter::add, 5);
    client.signalEntity(A, Counter::forward, Counter.id("b"));
    hint(InstanceKind.ENTITY);
    town.pass(Duration.ofSeconds(10));
    node.run();

    assertThat(value(Counter.id("b"))).isEqualTo(10);
  }

  @Test
  void aSignalThatComesWhileOperationsRunIsDoneWithoutAnotherPoll() {
    client.signalEntity(A, Counter::add, 1);
    node.node.poll();
    node.loops.runAll();
    client.signalEntity(A, Counter::add, 2);
    node.node.wakeUps().instanceDue(InstanceKind.ENTITY);
    node.run();

    assertThat(value(A)).isEqualTo(3);
  }

  @Test
  void aHintOfTheWrongKindCostsOnlyTheTimeToTheNextPoll() {
    client.signalEntity(
        A, Counter::add, 1, SignalOptions.at(town.now().plus(Duration.ofSeconds(1))));
    town.pass(Duration.ofSeconds(1));
    hint(InstanceKind.ORCHESTRATION);
    assertThat(value(A)).isZero();
    node.poll();

    assertThat(value(A)).isEqualTo(1);
  }
}
