package dev.durable.it.lifecycle;

import static dev.durable.RuntimeStatus.RUNNING;
import static dev.durable.RuntimeStatus.TERMINATED;
import static dev.durable.it.lifecycle.Watch.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.DurableClient;
import dev.durable.InstanceAlreadyExistsException;
import dev.durable.InstanceFilter;
import dev.durable.InstanceQuery;
import dev.durable.OrchestrationStatus;
import dev.durable.StartOptions;
import dev.durable.StartPolicy;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class StartsAndEventsIT {

  @Inject DurableClient durable;
  @Inject Watch watch;

  private final String id = UUID.randomUUID().toString();

  @Deployment
  static EnterpriseArchive ear() {
    return Application.ear(StartsAndEventsIT.class);
  }

  private String result(String instance) {
    return durable.await(instance, String.class, PATIENCE);
  }

  private String executionOf(String instance) {
    return durable.status(instance).orElseThrow().executionId();
  }

  // ---- policies

  private String start(StartPolicy policy) {
    return durable.start(Errands::waitForWord, StartOptions.withId(id).withPolicy(policy));
  }

  @Test
  void anIdThatIsTakenIsRefusedReturnedOrReplacedAsThePolicySays() {
    start(StartPolicy.REJECT);
    watch.awaitWaiting(id);
    String first = executionOf(id);

    assertThatThrownBy(() -> start(StartPolicy.REJECT))
        .isInstanceOf(InstanceAlreadyExistsException.class);
    assertThatThrownBy(() -> start(StartPolicy.REPLACE_FINISHED))
        .isInstanceOf(InstanceAlreadyExistsException.class);
    assertThat(start(StartPolicy.RETURN_EXISTING)).isEqualTo(id);
    assertThat(executionOf(id)).isEqualTo(first);

    assertThat(start(StartPolicy.TERMINATE_AND_REPLACE)).isEqualTo(id);
    String second = executionOf(id);
    assertThat(second).isNotEqualTo(first);
    durable.raiseEvent(id, "word", "second");
    assertThat(result(id)).isEqualTo("second");

    assertThatThrownBy(() -> start(StartPolicy.REJECT))
        .isInstanceOf(InstanceAlreadyExistsException.class);
    assertThat(start(StartPolicy.RETURN_EXISTING)).isEqualTo(id);
    assertThat(executionOf(id)).isEqualTo(second);
    start(StartPolicy.REPLACE_FINISHED);
    assertThat(executionOf(id)).isNotEqualTo(second);
    durable.terminate(id, "not needed any more");
  }

  @Test
  void whoIsReplacedBeforeItHasFinishedTakesItsChildrenWithIt() {
    durable.start(Errands::family, 1, StartOptions.withId(id));
    watch.awaitWaiting(id + ".child");

    durable.start(
        Errands::waitForWord,
        StartOptions.withId(id).withPolicy(StartPolicy.TERMINATE_AND_REPLACE));

    assertThat(durable.awaitFinished(id + ".child", PATIENCE).runtimeStatus())
        .isEqualTo(TERMINATED);
    durable.raiseEvent(id, "word", "instead");
    assertThat(result(id)).isEqualTo("instead");
  }

  // ---- tags and filters

  private List<String> found(InstanceFilter filter) {
    return durable.list(InstanceQuery.of(filter)).instances().stream()
        .map(OrchestrationStatus::instanceId)
        .sorted()
        .toList();
  }

  @Test
  void instancesAreFoundByTagsNameVersionParentAndStatus() {
    Map<String, String> red = Map.of("batch", id, "colour", "red");
    Map<String, String> blue = Map.of("batch", id, "colour", "blue");
    String a = id + "-a";
    String b = id + "-b";
    String c = id + "-c";
    durable.start(Errands::greet, StartOptions.withId(a).withTags(red).withVersion("1"));
    durable.start(Errands::greet, StartOptions.withId(b).withTags(blue));
    durable.start(Errands::family, 1, StartOptions.withId(c).withTags(blue));
    watch.awaitWaiting(c + ".child");
    InstanceFilter batch = InstanceFilter.all().withTags(Map.of("batch", id));

    assertThat(found(batch)).containsExactly(a, b, c);
    assertThat(found(batch.withTags(blue))).containsExactly(b, c);
    assertThat(found(batch.withTags(Map.of("batch", id, "colour", "green")))).isEmpty();
    assertThat(found(batch.withName("greet"))).containsExactly(a, b);
    assertThat(found(batch.withVersion("1"))).containsExactly(a);
    assertThat(found(batch.withVersion(""))).containsExactly(c);
    assertThat(found(InstanceFilter.all().withParent(c))).containsExactly(c + ".child");
    durable.raiseEvent(a, "word", "Ann");
    assertThat(result(a)).isEqualTo("Hello Ann of 1");
    assertThat(found(batch.withStatuses(Set.of(RUNNING)).withName("greet"))).containsExactly(b);
    assertThat(durable.status(b).orElseThrow().tags()).isEqualTo(blue);
    durable.terminate(b, "not needed any more");
    durable.terminate(c, "not needed any more");
  }

  // ---- events

  @Test
  void anEventWhoseIdHasComeBeforeIsDropped() {
    durable.start(Errands::waitForWords, 3, StartOptions.withId(id));

    durable.raiseEvent(id, "word", "one", "event-1");
    durable.raiseEvent(id, "word", "one again", "event-1");
    durable.raiseEvent(id, "word", "two", "event-2");
    watch.letOthersPass();
    durable.raiseEvent(id, "word", "one at last", "event-1");
    durable.raiseEvent(id, "word", "without id");

    assertThat(result(id)).isEqualTo("one, two, without id");
  }

  @Test
  void anOrchestrationSendsAnEventToAnother() {
    String teller = "teller-" + id;
    durable.start(Errands::waitForWord, StartOptions.withId(id));

    durable.start(Errands::tell, id, StartOptions.withId(teller));

    assertThat(result(id)).isEqualTo("greetings of " + teller);
    assertThat(result(teller)).isEqualTo("told");
    durable.restart(teller);
    assertThat(result(teller)).as("the other has finished").isEqualTo("nobody there");
    String lost = durable.start(Errands::tell, "no-" + id);
    assertThat(result(lost)).isEqualTo("nobody there");
  }

  // ---- versions

  @Test
  void twoVersionsRunSideBySideAndNewInstancesBeginWithTheNewer() {
    String newer = "newer-" + id;
    durable.start(Errands::greet, StartOptions.withId(id).withVersion("1"));
    durable.start(Errands::greet, StartOptions.withId(newer));
    watch.awaitWaiting(id);
    watch.awaitWaiting(newer);

    durable.raiseEvent(id, "word", "Ann");
    durable.raiseEvent(newer, "word", "Ann");

    assertThat(result(id)).isEqualTo("Hello Ann of 1");
    assertThat(result(newer)).isEqualTo("Dear Ann of 2.1");
    assertThat(durable.status(newer).orElseThrow().version()).isEqualTo("2.1");
    assertThatThrownBy(
            () -> durable.start(Errands::greet, StartOptions.defaults().withVersion("3")))
        .hasMessageContaining("is wanted in version 3; deployed here: 1, 2.1");
  }

  @Test
  void aPatchHoldsForTheWholeOfAnExecutionThatBeganWithIt() {
    durable.start(Errands::patched, StartOptions.withId(id));
    watch.awaitWaiting(id);

    durable.raiseEvent(id, "word", "pay");

    assertThat(result(id)).isEqualTo("please pay, please");
  }
}
