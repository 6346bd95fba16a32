package dev.durable.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.DurableClient;
import dev.durable.InstanceAlreadyExistsException;
import dev.durable.InstanceFilter;
import dev.durable.InstanceFinishedException;
import dev.durable.InstanceNotFoundException;
import dev.durable.InstanceQuery;
import dev.durable.InvalidInstanceStateException;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.StartOptions;
import dev.durable.StartPolicy;
import dev.durable.UnknownFunctionException;
import dev.durable.VersionMismatchException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients do to instances, and what they are refused. */
class LifeCycleTest {

  private static final StartOptions AS_ORDER = StartOptions.withId("order-1");

  private final Office office = new Office();
  private final DurableClient client = office.client;

  @BeforeEach
  void deploy() {
    office
        .functions
        .orchestrator("echo", String.class, (ctx, text) -> text)
        .orchestrator("fail", ctx -> failing());
  }

  private static Object failing() {
    throw new IllegalStateException("on purpose");
  }

  private OrchestrationStatus order() {
    return client.status("order-1").orElseThrow();
  }

  private void runs(String orchestrator) {
    client.start(orchestrator, null, AS_ORDER);
    office.work();
  }

  // ---- starts

  @ParameterizedTest
  @CsvSource({
    "ship, REPLACE_FINISHED, refused",
    "fail, REPLACE_FINISHED, replaced",
    "ship, REJECT, refused",
    "fail, REJECT, refused",
    "ship, RETURN_EXISTING, left alone",
    "fail, RETURN_EXISTING, left alone",
    "ship, TERMINATE_AND_REPLACE, replaced",
    "fail, TERMINATE_AND_REPLACE, replaced"
  })
  void aPolicySaysWhatBecomesOfAnInstanceThatExists(
      String existing, StartPolicy policy, String outcome) {
    runs(existing);
    String before = order().executionId();
    if (outcome.equals("refused")) {
      assertThatThrownBy(() -> client.start("echo", "x", AS_ORDER.withPolicy(policy)))
          .isInstanceOf(InstanceAlreadyExistsException.class);
    } else {
      assertThat(client.start("echo", "x", AS_ORDER.withPolicy(policy))).isEqualTo("order-1");
    }
    office.work();

    boolean replaced = outcome.equals("replaced");
    assertThat(order().executionId().equals(before)).isEqualTo(!replaced);
    assertThat(order().name()).isEqualTo(replaced ? "echo" : existing);
  }

  @Test
  void anInstanceBeginsInTheNewestVersionUnlessItsCallerNamesOne() {
    office.functions.orchestrator("ship", "2.10", ctx -> null).orchestrator("ship", "2.9", c -> 1);
    client.start("ship", null, AS_ORDER);
    assertThat(order().version()).isEqualTo("2.10");

    client.start(
        "ship", null, AS_ORDER.withVersion("2.9").withPolicy(StartPolicy.TERMINATE_AND_REPLACE));
    assertThat(order().version()).isEqualTo("2.9");
  }

  @Test
  void aVersionThatIsNotDeployedIsRefusedWithThoseThatAre() {
    office.functions.orchestrator("ship", "2", ctx -> null);

    assertThatThrownBy(() -> client.start("ship", null, AS_ORDER.withVersion("3")))
        .isInstanceOf(VersionMismatchException.class)
        .hasMessage("The orchestrator ship is wanted in version 3; deployed here: (none), 2.");
    assertThat(client.status("order-1")).isEmpty();
  }

  @Test
  void anInstanceIsFoundByItsTags() {
    client.start("ship", null, AS_ORDER.withTags(Map.of("tenant", "a", "urgent", "")));
    client.start("ship", null, StartOptions.withId("order-2").withTags(Map.of("tenant", "b")));

    assertThat(order().tags())
        .containsExactlyInAnyOrderEntriesOf(Map.of("tenant", "a", "urgent", ""));
    assertThat(
            client
                .list(InstanceQuery.of(InstanceFilter.all().withTags(Map.of("tenant", "a"))))
                .instances())
        .containsExactly(order());
  }

  @Test
  void tagsThatAreTooManyOrTooLongAreRefused() {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 21; i++) {
      many.put("tag-" + i, "x");
    }
    assertRefused(many, "21 tags; allowed are 20");
    assertRefused(Map.of("a b", "x"), "\"a b\" is not valid");
    assertRefused(Map.of("", "x"), "\"\" is not valid");
    assertRefused(Map.of("a", "x".repeat(201)), "201 characters; allowed are 0 to 200");
    assertRefused(Map.of("a", "x\n"), "printable");
    assertThat(client.status("order-1")).isEmpty();
  }

  private void assertRefused(Map<String, String> tags, String saying) {
    assertThatThrownBy(() -> client.start("ship", null, AS_ORDER.withTags(tags)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(saying);
  }

  // ---- again

  @Test
  void aFinishedInstanceIsRestartedWithItsInputAndTags() {
    client.start("echo", "hello", AS_ORDER.withTags(Map.of("tenant", "a")));
    office.work();
    String before = order().executionId();
    client.restart("order-1");
    assertThat(order().runtimeStatus()).isEqualTo(RuntimeStatus.PENDING);
    office.work();

    assertThat(order().executionId()).isNotEqualTo(before);
    assertThat(order().output()).isEqualTo("\"hello\"");
    assertThat(order().tags()).containsEntry("tenant", "a");
  }

  @Test
  void oneThatRunsIsNotRestartedUnderItsId() {
    runs("ship");

    assertThatThrownBy(() -> client.restart("order-1"))
        .isInstanceOf(InvalidInstanceStateException.class)
        .hasMessageContaining("is RUNNING and cannot be restarted");
  }

  @Test
  void oneThatRunsIsRestartedAsAnother() {
    client.start("echo", "hello", AS_ORDER);
    assertThat(client.restartAs("order-1", "order-2")).isEqualTo("order-2");
    office.work();

    assertThat(client.status("order-2").orElseThrow().output()).isEqualTo("\"hello\"");
    assertThatThrownBy(() -> client.restartAs("order-1", "order-2"))
        .isInstanceOf(InstanceAlreadyExistsException.class);
    assertThat(client.restartAs("order-1", null)).startsWith("id-");
  }

  @Test
  void whatIsNotDeployedAnyMoreIsNotRestarted() {
    runs("fail");
    office.functions.without("fail");

    assertThatThrownBy(() -> client.restart("order-1"))
        .isInstanceOf(UnknownFunctionException.class);
    assertThat(order().runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
  }

  // ---- refusals

  @Test
  void onlyAFailedInstanceIsRewound() {
    runs("ship");
    assertThatThrownBy(() -> client.rewind("order-1", null))
        .isInstanceOf(InvalidInstanceStateException.class)
        .hasMessageContaining("possible when it is FAILED");
    assertThatThrownBy(() -> client.rewind("nobody", null))
        .isInstanceOf(InstanceNotFoundException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"suspend", "resume", "terminate"})
  void whatHasFinishedTakesNothing(String action) {
    runs("fail");

    assertThatThrownBy(() -> act(action, "order-1")).isInstanceOf(InstanceFinishedException.class);
    assertThatThrownBy(() -> act(action, "nobody")).isInstanceOf(InstanceNotFoundException.class);
  }

  private void act(String action, String id) {
    switch (action) {
      case "suspend" -> client.suspend(id, null);
      case "resume" -> client.resume(id, null);
      default -> client.terminate(id);
    }
  }

  // ---- purge

  @Test
  void aFinishedInstanceIsPurgedAndOneThatRunsIsNot() {
    runs("fail");
    client.purge("order-1");
    assertThat(client.status("order-1")).isEmpty();
    assertThatThrownBy(() -> client.purge("order-1")).isInstanceOf(InstanceNotFoundException.class);

    runs("ship");
    assertThatThrownBy(() -> client.purge("order-1"))
        .isInstanceOf(InvalidInstanceStateException.class)
        .hasMessageContaining("cannot be purged");
    assertThat(order().runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
  }

  @Test
  void aPurgeByFilterTakesAllThatItMeansInPortions() {
    for (int i = 0; i < 250; i++) {
      client.start(i % 25 == 0 ? "ship" : "fail", null, StartOptions.withId("order-" + i));
    }
    for (int i = 0; i < 3; i++) {
      office.work();
    }

    assertThat(client.purge(InstanceFilter.all().withStatuses(Set.of(RuntimeStatus.RUNNING))))
        .isZero();
    assertThat(client.purge(InstanceFilter.all().withName("fail"))).isEqualTo(240);
    assertThat(client.list(InstanceQuery.all()).instances()).hasSize(10);
  }
}
