package dev.durable.core.hub;

import static dev.durable.core.testing.Histories.T0;
import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.InstanceAlreadyExistsException;
import dev.durable.InstanceFilter;
import dev.durable.InstanceFinishedException;
import dev.durable.InstanceNotFoundException;
import dev.durable.InstanceQuery;
import dev.durable.InvalidInstanceIdException;
import dev.durable.OrchestrationContext;
import dev.durable.OrchestrationStatus;
import dev.durable.Orchestrator;
import dev.durable.PayloadException;
import dev.durable.RuntimeStatus;
import dev.durable.StartOptions;
import dev.durable.TerminateOptions;
import dev.durable.UnknownFunctionException;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.spi.Names;
import dev.durable.core.store.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Starting, sending and looking; how a client waits is in {@link AwaitTest}. */
class TaskHubClientTest {

  private static final StartOptions AS_ORDER = StartOptions.withId("order-1");

  private final Office office = new Office();
  private final TaskHubClient client = office.client;

  private OrchestrationStatus order() {
    return client.status("order-1").orElseThrow();
  }

  private List<HistoryEvent> sent() {
    return office.inboxOf("order-1").stream().map(Message::event).toList();
  }

  private void nothingWasStored() {
    assertThat(client.list(InstanceQuery.all()).instances()).isEmpty();
    assertThat(office.wakeUps).isEmpty();
  }

  // ---- start

  @Test
  void aStartIsStoredAndWakesTheNode() {
    assertThat(client.start("ship", List.of(1, 2), AS_ORDER)).isEqualTo("order-1");

    assertThat(order().runtimeStatus()).isEqualTo(RuntimeStatus.PENDING);
    assertThat(order().name()).isEqualTo("ship");
    assertThat(order().input()).isEqualTo("[1,2]");
    assertThat(order().createdAt()).isEqualTo(T0);
    assertThat(sent()).containsExactly(new ExecutionStarted("ship", "[1,2]", null));
    assertThat(office.wakeUps).containsExactly("ORCHESTRATION now");
  }

  @Test
  void withoutAnIdEachInstanceGetsOneOfItsOwn() {
    String first = client.start("ship", null);
    String second = client.start("ship", null);

    assertThat(first).isNotEqualTo(second);
    assertThat(client.status(first)).isPresent();
    assertThat(client.status(second)).isPresent();
  }

  @Test
  void anOrchestratorThatIsNotDeployedIsRefusedWithTheNamesOfThoseThatAre() {
    assertThatThrownBy(() -> client.start("shop", null, AS_ORDER))
        .isInstanceOf(UnknownFunctionException.class)
        .hasMessageContaining("shop")
        .hasMessageContaining("ship");
    assertThatThrownBy(() -> client.startWithJson("shop", "not json", AS_ORDER))
        .isInstanceOf(UnknownFunctionException.class);
    nothingWasStored();
  }

  @Test
  void jsonIsCheckedAndStoredAsItIs() {
    assertThatThrownBy(() -> client.startWithJson("ship", "{", AS_ORDER))
        .isInstanceOf(PayloadException.class);
    nothingWasStored();

    client.startWithJson("ship", "{ \"a\" : 1.50 }", AS_ORDER);
    assertThat(order().input()).isEqualTo("{ \"a\" : 1.50 }");
  }

  static class Orders {
    @Orchestrator("archive")
    public void archive(OrchestrationContext ctx, Integer order) {}
  }

  @Test
  void aMethodReferenceStartsTheOrchestratorOfItsDurableName() {
    office.functions.bean(new Orders());
    client.start(Orders::archive, 7, AS_ORDER);

    assertThat(order().name()).isEqualTo("archive");
    assertThat(order().input()).isEqualTo("7");
  }

  @Test
  void aLaterStartIsVisibleThenAndWakesTheNodeThen() {
    client.start("ship", null, AS_ORDER.at(at(60).minusNanos(1)));

    assertThat(office.wakeUps).containsExactly("ORCHESTRATION at " + at(60));
    office.pass(Duration.ofSeconds(60).minusMillis(1));
    assertThat(office.claim()).isEmpty();
    office.pass(Duration.ofMillis(1));
    assertThat(office.claim()).hasSize(1);
  }

  @Test
  void aStartInThePastIsAStartNow() {
    client.start("ship", null, AS_ORDER.at(Instant.MIN));

    assertThat(office.wakeUps).containsExactly("ORCHESTRATION now");
    assertThat(office.claim()).hasSize(1);
  }

  @Test
  void aStartMayBeAsLateAsEveryStoreCanKeep() {
    client.start("ship", null, AS_ORDER.at(Names.LATEST_TIME));

    assertThat(office.wakeUps).containsExactly("ORCHESTRATION at " + Names.LATEST_TIME);
  }

  @Test
  void aStartThatNoStoreCanKeepIsRefused() {
    for (Instant tooLate : List.of(Names.LATEST_TIME.plusNanos(1), Instant.MAX)) {
      assertThatThrownBy(() -> client.start("ship", null, AS_ORDER.at(tooLate)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("later than 9999-12-31T23:59:59.999Z");
    }
    nothingWasStored();
  }

  @Test
  void anIdIsTakenUntilItsInstanceHasFinished() {
    client.start("ship", 1, AS_ORDER);
    assertThatThrownBy(() -> client.start("ship", 2, AS_ORDER))
        .isInstanceOfSatisfying(
            InstanceAlreadyExistsException.class,
            e -> assertThat(e.currentStatus()).isEqualTo(RuntimeStatus.PENDING));
    assertThat(order().input()).isEqualTo("1");

    client.raiseEvent("order-1", "go", null);
    office.work();
    client.start("ship", 3, AS_ORDER);
    assertThat(order().input()).isEqualTo("3");
    assertThat(order().runtimeStatus()).isEqualTo(RuntimeStatus.PENDING);
  }

  @Test
  void timesAreThoseThatAStoreKeeps() {
    office.pass(Duration.ofNanos(1_999_999));
    client.start("ship", null, AS_ORDER);

    assertThat(order().createdAt()).isEqualTo(T0.plusMillis(1));
  }

  // ---- messages

  @Test
  void anEventIsSentUnderAnIdOfItsOwnAndWakesTheNode() {
    client.start("ship", null, AS_ORDER);
    office.work();
    office.wakeUps.clear();
    client.raiseEvent("order-1", "go", "x");
    client.raiseEventWithJson("order-1", "go", "\"x\"");

    List<HistoryEvent> events = sent();
    assertThat(events)
        .extracting(event -> ((EventRaised) event).name() + ((EventRaised) event).payload())
        .containsExactly("go\"x\"", "go\"x\"");
    assertThat(events).doesNotHaveDuplicates();
    assertThat(office.wakeUps).containsExactly("ORCHESTRATION now", "ORCHESTRATION now");
  }

  @Test
  void aTerminationCarriesItsReason() {
    client.start("ship", null, AS_ORDER);
    client.terminate("order-1", "ordered twice");
    client.terminate("order-1");

    assertThat(sent())
        .contains(
            new ExecutionTerminated("ordered twice", true), new ExecutionTerminated(null, true));
    assertThat(office.wakeUps).hasSize(3);
  }

  @Test
  void aReasonIsCutToWhatIsKept() {
    client.start("ship", null, AS_ORDER);
    client.terminate("order-1", "x".repeat(5_000));

    assertThat(sent()).contains(new ExecutionTerminated("x".repeat(4_000), true));
  }

  @Test
  void aForcedTerminationAlsoWakesTheEntitiesThatItUnlocks() {
    client.start("ship", null, AS_ORDER);
    client.terminate("order-1", TerminateOptions.because("too slow").forced());

    assertThat(office.wakeUps)
        .containsExactly("ORCHESTRATION now", "ORCHESTRATION now", "ENTITY now");
  }

  @Test
  void nobodyGetsNoMessage() {
    assertThatThrownBy(() -> client.raiseEvent("order-1", "go", null))
        .isInstanceOf(InstanceNotFoundException.class);
    assertThatThrownBy(() -> client.terminate("order-1"))
        .isInstanceOf(InstanceNotFoundException.class);
    assertThat(office.wakeUps).isEmpty();
  }

  @Test
  void aFinishedInstanceTakesNoMessage() {
    client.start("ship", null, AS_ORDER);
    client.terminate("order-1");
    office.work();

    assertThatThrownBy(() -> client.raiseEvent("order-1", "go", null))
        .isInstanceOf(InstanceFinishedException.class)
        .hasMessageContaining("TERMINATED");
    assertThatThrownBy(() -> client.terminate("order-1"))
        .isInstanceOf(InstanceFinishedException.class);
  }

  @Test
  void anEventNeedsAProperNameAndPayload() {
    client.start("ship", null, AS_ORDER);

    assertThatThrownBy(() -> client.raiseEvent("order-1", "", null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client.raiseEventWithJson("order-1", "go", "{"))
        .isInstanceOf(PayloadException.class);
    assertThat(sent()).hasSize(1);
  }

  // ---- reading

  @Test
  void anIdThatNoInstanceCanHaveIsRefusedByEveryMethod() {
    List<ThrowingCallable> calls =
        List.of(
            () -> client.start("ship", null, StartOptions.withId("a/b")),
            () -> client.startWithJson("ship", null, StartOptions.withId("a/b")),
            () -> client.raiseEvent("a/b", "go", null),
            () -> client.raiseEventWithJson("a/b", "go", null),
            () -> client.terminate("a/b"),
            () -> client.status("a/b"),
            () -> client.history("a/b"),
            () -> client.list(InstanceQuery.of(InstanceFilter.all().withInstanceIdPrefix("a/b"))),
            () -> client.await("a/b", Void.class, Duration.ZERO),
            () -> client.awaitFinished("a/b", Duration.ZERO));

    assertThat(calls)
        .allSatisfy(
            call -> assertThatThrownBy(call).isInstanceOf(InvalidInstanceIdException.class));
    nothingWasStored();
  }

  @Test
  void nothingIsKnownOfWhatWasNeverStarted() {
    assertThat(client.status("order-1")).isEmpty();
    assertThatThrownBy(() -> client.history("order-1"))
        .isInstanceOf(InstanceNotFoundException.class);
  }

  @Test
  void aListKeepsToItsFilter() {
    client.start("ship", null, AS_ORDER);
    client.start("ship", null, StartOptions.withId("other-1"));

    assertThat(
            client
                .list(InstanceQuery.of(InstanceFilter.all().withInstanceIdPrefix("order")))
                .instances())
        .containsExactly(order());
    assertThat(
            client
                .list(InstanceQuery.of(InstanceFilter.all().withInstanceIdPrefix("")))
                .instances())
        .hasSize(2);
  }

  @Test
  void aHistoryIsShownWithItsTimes() {
    client.start("ship", null, AS_ORDER);
    office.pass(Duration.ofSeconds(5));
    office.work();

    assertThat(client.history("order-1"))
        .extracting(entry -> entry.sequence() + " " + entry.type() + " " + entry.at())
        .containsExactly("1 EpisodeStarted " + at(5), "2 ExecutionStarted " + at(5));
  }

  @Test
  void theNamesOfTheOrchestratorsAreSorted() {
    office.functions.orchestrator("b", ctx -> null).orchestrator("a", ctx -> null);

    assertThat(client.orchestrators()).containsExactly("a", "b", "ship");
  }

  @Test
  void aNameThatIsRefusedIsNotRepeatedBecauseThePayloadIsWrongAsWell() {
    client.start("ship", null, AS_ORDER);

    assertThatThrownBy(() -> client.raiseEventWithJson("order-1", "go\nERROR all is lost", "{"))
        .isInstanceOf(IllegalArgumentException.class)
        .isNotInstanceOf(PayloadException.class)
        .hasMessageNotContaining("lost");
  }
}
