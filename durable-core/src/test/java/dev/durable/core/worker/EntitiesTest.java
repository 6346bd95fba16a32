package dev.durable.core.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.DurableClient;
import dev.durable.EntityId;
import dev.durable.EntityQuery;
import dev.durable.EntityStatus;
import dev.durable.PayloadException;
import dev.durable.RuntimeStatus;
import dev.durable.SignalOptions;
import dev.durable.UnknownFunctionException;
import dev.durable.core.testing.Counter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operations of entities, from whoever calls them to what is stored. */
class EntitiesTest {

  private static final EntityId A = Counter.id("a");

  private final Town town = new Town();
  private final Town.Inhabitant node = town.node("node-a");
  private final DurableClient client = town.client();

  @BeforeEach
  void deploy() {
    town.functions.entity(Counter.class);
  }

  private String state(EntityId entity) {
    return client.entityStatus(entity).orElseThrow().state();
  }

  private int value(EntityId entity) {
    return client
        .readEntity(entity, Map.class)
        .map(map -> ((Number) map.get("value")).intValue())
        .orElse(-1);
  }

  private String outcome(String instanceId) {
    return town.status(instanceId).output();
  }

  // ---- signals

  @Test
  void anEntityBeginsWithItsFirstSignal() {
    assertThat(client.entityStatus(A)).isEmpty();

    client.signalEntity(A, Counter::add, 5);
    node.poll();

    assertThat(value(A)).isEqualTo(5);
    assertThat(town.log).containsExactly("counter@a was signaled add");
  }

  @Test
  void manySignalsAreOneBatchInTheirOrder() {
    for (String letter : "abcdefgh".split("")) {
      client.signalEntity(A, Counter::append, letter);
    }
    node.poll();

    assertThat(state(A)).contains("\"text\":\"abcdefgh\"");
    assertThat(town.batches).containsExactly(8);
  }

  @Test
  void aBatchIsAsLongAsAllowed() {
    Town.Inhabitant one = town.node("node-b", town.store, withBatchesOf(1));
    for (int i = 0; i < 3; i++) {
      client.signalEntity(A, Counter::add, 1);
    }
    one.poll();

    assertThat(value(A)).isEqualTo(3);
    assertThat(town.batches).containsExactly(1, 1, 1);
  }

  private static TaskHubOptions withBatchesOf(int operations) {
    TaskHubOptions o = Town.OPTIONS;
    return new TaskHubOptions(
        o.leaseTimeout(),
        o.maxConcurrentOrchestrations(),
        o.maxConcurrentOrchestrations(),
        o.maxConcurrentActivities(),
        Map.of(),
        o.maxClaim(),
        o.maxCommit(),
        o.maxAttempts(),
        o.firstRetryDelay(),
        o.maxRetryDelay(),
        operations,
        o.historyWarning(),
        o.maxHistory(),
        0,
        0,
        FastLanes.ALL);
  }

  @Test
  void aFailingOperationLeavesTheStateAndItsNeighboursAlone() {
    town.functions.orchestrator("sample", ctx -> null);
    client.signalEntity(A, Counter::add, 1);
    client.signalEntity(A, Counter::spoil, "no");
    client.signalEntity(A, Counter::add, 2);
    node.poll();

    assertThat(value(A)).isEqualTo(3);
    assertThat(town.batches).containsExactly(3);
    assertThat(town.log).contains("counter@a was signaled spoil: java.lang.IllegalStateException");
    assertThat(client.entityStatus(Counter.id("other"))).isEmpty();
    assertThat(client.status("started-in-vain")).isEmpty();
  }

  @Test
  void aTransactionalOperationIsAloneInItsBatch() {
    client.signalEntity(A, Counter::add, 1);
    client.signalEntity(A, Counter::transactionalAdd, 1);
    client.signalEntity(A, Counter::transactionalAdd, 1);
    client.signalEntity(A, Counter::add, 1);
    node.poll();

    assertThat(value(A)).isEqualTo(4);
    assertThat(town.batches).containsExactly(1, 1, 1, 1);
  }

  @Test
  void aSignalForLaterRunsLater() {
    client.signalEntity(
        A, Counter::add, 5, SignalOptions.at(town.now().plus(Duration.ofMinutes(1))));
    client.signalEntity(A, Counter::add, 1);
    node.poll();
    assertThat(value(A)).isEqualTo(1);
    assertThat(client.entityStatus(A).orElseThrow().waitingOperations()).isEqualTo(1);

    town.pass(Duration.ofMinutes(1));
    node.poll();

    assertThat(value(A)).isEqualTo(6);
  }

  @Test
  void aSignalOfAKnownIdIsTakenOnce() {
    SignalOptions once = SignalOptions.defaults().withSignalId("payment-1");
    client.signalEntity(A, Counter::add, 5, once);
    client.signalEntity(A, Counter::add, 5, once);
    node.poll();
    client.signalEntity(A, Counter::add, 5, once);
    node.poll();

    assertThat(value(A)).isEqualTo(5);
  }

  @Test
  void entitiesSignalEachOtherAndStartOrchestrations() {
    town.functions.orchestrator("sample", Integer.class, (ctx, n) -> n * 2);
    client.signalEntity(A, Counter::add, 5);
    client.signalEntity(A, Counter::forward, Counter.id("b"));
    client.signalEntity(A, Counter::start, "from-a");
    node.poll();

    assertThat(value(Counter.id("b"))).isEqualTo(5);
    assertThat(outcome("from-a")).isEqualTo("10");

    town.pass(Duration.ofSeconds(10));
    node.poll();
    assertThat(value(Counter.id("b"))).isEqualTo(10);
  }

  @Test
  void aStateIsDeletedByTheEntityOrFromOutside() {
    client.signalEntity(A, Counter::add, 5);
    client.signalEntity(A, Counter::drop);
    client.signalEntity(A, Counter::add, 1);
    node.poll();
    assertThat(value(A)).isEqualTo(1);

    client.deleteEntity(A);
    node.poll();

    assertThat(client.readEntity(A, Map.class)).isEmpty();
    assertThat(client.entityStatus(A).orElseThrow().hasState()).isFalse();
    assertThat(town.batches).containsExactly(3, 1);
  }

  // ---- calls

  @Test
  void anOrchestrationCallsAndGetsTheAnswer() {
    town.functions.orchestrator(
        "sample",
        ctx -> {
          ctx.callEntity(A, Counter::add, 5).await();
          ctx.signalEntity(A, Counter::add, 3);
          int sum = ctx.callEntity(A, Counter::get).await();
          return sum + " " + ctx.callEntity(A, "replies", null, String.class).await();
        });
    town.start("order-1");
    node.poll();

    assertThat(outcome("order-1")).isEqualTo("\"8 order-1 called a\"");
  }

  @Test
  void theFailureOfAnOperationIsThatOfItsCall() {
    town.functions.orchestrator(
        "sample", ctx -> ctx.callEntity(A, Counter::spoil, "out of stock").await());
    town.start("order-1");
    node.poll();

    assertThat(town.status("order-1").failure().toString()).contains("out of stock");
    assertThat(client.readEntity(A, Map.class)).isEmpty();
  }

  @Test
  void unknownOperationsAndEntitiesFailTheirCalls() {
    town.functions.orchestrator(
        "sample",
        String.class,
        (ctx, id) -> ctx.callEntity(EntityId.parse(id), "explode", null, Void.class).await());
    town.start("order-1", "\"counter@a\"");
    town.start("order-2", "\"nothing@a\"");
    node.poll();

    assertThat(town.status("order-1").failure().toString())
        .contains("no operation of entity counter named explode");
    assertThat(town.status("order-2").failure().toString())
        .contains("no entity named nothing. Known: counter");
  }

  @Test
  void aStateThatIsTooLargeFailsItsOperation() {
    client.signalEntity(A, Counter::append, "x".repeat(900));
    node.poll();
    town.functions.orchestrator(
        "sample", ctx -> ctx.callEntity(A, Counter::append, "y".repeat(200)).await());
    town.start("order-1");
    node.poll();

    assertThat(town.status("order-1").failure().toString())
        .contains("larger than the 1000 bytes allowed (durable.entity.max-state-size)");
    assertThat(state(A)).contains("x".repeat(900)).doesNotContain("y");
  }

  @Test
  void anAnswerToAnInstanceThatIsOverIsDropped() {
    town.functions.orchestrator("sample", ctx -> ctx.callEntity(A, Counter::add, 5).await());
    town.start("order-1");
    node.node.poll();
    node.loops.runAll();
    node.episodes.runAll();
    node.loops.runAll();
    town.terminate("order-1");
    node.poll();

    assertThat(town.status("order-1").runtimeStatus()).isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(value(A)).isEqualTo(5);
  }

  // ---- bad input of clients

  @Test
  void whatCannotBeSignaledIsRefusedAtOnce() {
    Instant past = town.now().minusMillis(1);
    assertThatThrownBy(() -> client.signalEntity(new EntityId("nothing", "a"), "add", 1))
        .isInstanceOf(UnknownFunctionException.class)
        .hasMessageContaining("no entity named nothing");
    assertThatThrownBy(() -> client.signalEntity(A, "hidden", null))
        .isInstanceOf(UnknownFunctionException.class)
        .hasMessageContaining("no operation of entity counter named hidden");
    assertThatThrownBy(() -> client.signalEntity(A, "add", "five"))
        .isInstanceOf(PayloadException.class);
    assertThatThrownBy(() -> client.signalEntity(A, "add", null))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("There is nothing given as the input of operation add");
    assertThatThrownBy(() -> client.signalEntity(A, Counter::add, 1, SignalOptions.at(past)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Nothing was sent");
    assertThatThrownBy(() -> client.signalEntity(new EntityId("other", "a"), Counter::add, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("add is an operation of counter, which other@a is not");
    node.poll();

    assertThat(client.listEntities(EntityQuery.all()).entities()).isEmpty();
  }

  // ---- what cannot be run for now

  @Test
  void signalsToAnEntityWithoutCodeWaitForIt() {
    client.signalEntity(A, Counter::add, 5);
    town.functions.without("counter");
    node.poll();
    EntityStatus blocked = client.entityStatus(A).orElseThrow();
    assertThat(blocked.failure().message()).contains("There is no entity named counter");
    assertThat(blocked.waitingOperations()).isEqualTo(1);

    town.functions.entity(Counter.class);
    town.pass(Town.OPTIONS.maxRetryDelay());
    node.poll();

    assertThat(value(A)).isEqualTo(5);
    assertThat(client.entityStatus(A).orElseThrow().failure()).isNull();
  }

  @Test
  void operationsOnAStateThatDoesNotFitWaitForCodeThatFits() {
    client.signalEntity(A, Counter::add, 5);
    node.poll();
    town.functions.entity("counter", new Picky());
    client.signalEntity(A, "add", 1);
    node.poll();
    assertThat(client.entityStatus(A).orElseThrow().failure().message())
        .contains("The state of entity counter@a cannot be read");

    town.functions.entity(Counter.class);
    town.pass(Town.OPTIONS.maxRetryDelay());
    node.poll();

    assertThat(value(A)).isEqualTo(6);
  }

  @Test
  void whatEndsItsNodeIsIsolatedAndFailsAfterSoManyAttempts() {
    client.signalEntity(A, Counter::add, 1);
    client.signalEntity(A, Counter::crash);
    client.signalEntity(A, Counter::add, 2);
    int crashes = 0;
    while (town.log.stream().noneMatch(line -> line.contains("Poisoned"))) {
      try {
        node.poll();
      } catch (InternalError pretended) {
        crashes++;
      }
      town.pass(Town.OPTIONS.leaseTimeout());
    }
    node.poll();

    // the first batch, and then the attempts of the operation alone
    assertThat(crashes).isEqualTo(1 + Town.OPTIONS.maxAttempts());
    assertThat(town.log)
        .containsSubsequence(
            "counter@a was signaled add",
            "counter@a was signaled crash: Poisoned",
            "counter@a was signaled add");
    assertThat(value(A)).isEqualTo(3);
  }

  @Test
  void whatEndsItsNodeIsFoundAmongManyWithoutACrashForEach() {
    for (int i = 0; i < 200; i++) {
      client.signalEntity(A, Counter::add, 1);
      if (i == 100) {
        client.signalEntity(A, Counter::crash);
      }
    }
    int crashes = 0;
    while (town.log.stream().noneMatch(line -> line.contains("Poisoned"))) {
      try {
        node.poll();
      } catch (InternalError pretended) {
        crashes++;
      }
      town.pass(Town.OPTIONS.leaseTimeout());
    }
    node.poll();

    assertThat(crashes).isLessThan(20);
    assertThat(value(A)).isEqualTo(200);
  }
}
