package dev.durable.it.lifecycle;

import static dev.durable.RuntimeStatus.COMPLETED;
import static dev.durable.RuntimeStatus.FAILED;
import static dev.durable.RuntimeStatus.PENDING;
import static dev.durable.RuntimeStatus.RUNNING;
import static dev.durable.RuntimeStatus.SUSPENDED;
import static dev.durable.RuntimeStatus.TERMINATED;
import static dev.durable.it.lifecycle.Watch.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.DurableClient;
import dev.durable.InstanceAlreadyExistsException;
import dev.durable.InstanceFilter;
import dev.durable.InstanceFinishedException;
import dev.durable.InstanceNotFoundException;
import dev.durable.InvalidInstanceStateException;
import dev.durable.OrchestrationStatus;
import dev.durable.StartOptions;
import dev.durable.TerminateOptions;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class LifeCycleIT {

  @Inject DurableClient durable;
  @Inject Watch watch;
  @Inject Work work;

  private final String id = UUID.randomUUID().toString();
  private final String child = id + ".child";
  private final String grandchild = child + ".child";

  @Deployment
  static EnterpriseArchive ear() {
    return Application.ear(LifeCycleIT.class);
  }

  private String result(String instance) {
    return durable.await(instance, String.class, PATIENCE);
  }

  private void say(String instance, String word) {
    durable.raiseEvent(instance, "word", word);
  }

  // ---- suspend, resume

  @Test
  void aSuspendedInstanceKeepsWhatComesAndGoesOnWhenItIsResumed() {
    durable.start(Errands::workAfterWord, id, StartOptions.withId(id));
    watch.awaitWaiting(id);
    durable.suspend(id, "to look at it");
    watch.await(id, SUSPENDED);

    say(id, "kept");
    watch.letOthersPass();
    assertThat(watch.statusOf(id)).isEqualTo(SUSPENDED);
    assertThat(work.times(id)).isZero();

    durable.resume(id, "looked at");
    assertThat(result(id)).isEqualTo("kept: " + id + " 1");
  }

  /** One activity runs at a time here, so the second call waits for the first to end. */
  @Test
  void anActivityThatHasNotBegunWaitsForTheResumption() {
    durable.start(Errands::lingerTwice, id, StartOptions.withId(id));
    watch.until("the first has begun", () -> work.times(id) == 1);
    durable.suspend(id, null);
    watch.await(id, SUSPENDED);

    work.mayEnd(id);
    watch.letOthersPass();
    assertThat(work.times(id)).isEqualTo(1);

    durable.resume(id, null);
    assertThat(durable.awaitFinished(id, PATIENCE).runtimeStatus()).isEqualTo(COMPLETED);
    assertThat(work.times(id)).isEqualTo(2);
  }

  @Test
  void aSuspendedInstanceCanBeTerminated() {
    durable.start(Errands::waitForWord, StartOptions.withId(id));
    durable.suspend(id, null);
    watch.await(id, SUSPENDED);

    durable.terminate(id, "not needed");

    assertThat(durable.awaitFinished(id, PATIENCE).runtimeStatus()).isEqualTo(TERMINATED);
    assertThatThrownBy(() -> durable.resume(id, null))
        .isInstanceOf(InstanceFinishedException.class);
  }

  // ---- terminate

  private void startFamily() {
    durable.start(Errands::family, 2, StartOptions.withId(id));
    watch.awaitWaiting(grandchild);
  }

  @Test
  void aTerminationEndsAllGenerations() {
    startFamily();

    durable.terminate(id, "moving away");

    assertThat(durable.awaitFinished(id, PATIENCE).runtimeStatus()).isEqualTo(TERMINATED);
    assertThat(durable.awaitFinished(child, PATIENCE).runtimeStatus()).isEqualTo(TERMINATED);
    assertThat(durable.awaitFinished(grandchild, PATIENCE).runtimeStatus()).isEqualTo(TERMINATED);
  }

  @Test
  void aTerminationWithoutCascadeLeavesTheChildrenAlone() {
    startFamily();

    durable.terminate(id, TerminateOptions.because("alone").withoutCascade());

    assertThat(durable.awaitFinished(id, PATIENCE).runtimeStatus()).isEqualTo(TERMINATED);
    say(grandchild, "free");
    assertThat(result(grandchild)).isEqualTo("free");
    assertThat(result(child)).isEqualTo("free");
  }

  @Test
  void aForcedTerminationHasEndedTheInstanceWhenItReturnsAndItsChildrenSoon() {
    startFamily();

    durable.terminate(id, TerminateOptions.because("at once").forced());

    OrchestrationStatus ended = durable.status(id).orElseThrow();
    assertThat(ended.runtimeStatus()).isEqualTo(TERMINATED);
    assertThat(ended.completedAt()).isNotNull();
    assertThat(durable.awaitFinished(grandchild, PATIENCE).runtimeStatus()).isEqualTo(TERMINATED);
    assertThat(durable.history(id).get(durable.history(id).size() - 1).type())
        .isEqualTo("ExecutionTerminated");
  }

  @Test
  void anInstanceThatHasNotBegunIsEndedByForce() {
    Instant later = Instant.now().plusSeconds(3600);
    durable.start(Errands::waitForWord, StartOptions.withId(id).at(later));
    assertThat(watch.statusOf(id)).isEqualTo(PENDING);

    durable.terminate(id, TerminateOptions.because("never").forced());

    assertThat(watch.statusOf(id)).isEqualTo(TERMINATED);
  }

  // ---- rewind

  @Test
  void aFailedParentIsRewoundWithItsFailedChildAndRepeatsOnlyWhatHadFailed() {
    work.breakDown(id + "-fragile");
    durable.start(Errands::parent, id, StartOptions.withId(id));
    watch.await(id, FAILED);
    watch.await(child, FAILED);

    work.repair(id + "-fragile");
    durable.rewind(id, "repaired");

    OrchestrationStatus ended = durable.awaitFinished(id, PATIENCE);
    assertThat(ended.runtimeStatus()).as("%s", ended.failure()).isEqualTo(COMPLETED);
    assertThat(ended.output())
        .contains(id + "-before 1", id + "-steady 1, " + id + "-fragile 2", id + "-after 1");
    assertThat(watch.statusOf(child)).isEqualTo(COMPLETED);
    assertThat(work.times(id + "-before")).isEqualTo(1);
    assertThat(work.times(id + "-steady")).isEqualTo(1);
    assertThat(ended.failure()).isNull();
  }

  @Test
  void onlyWhatHasFailedIsRewound() {
    durable.start(Errands::work, id, StartOptions.withId(id));
    result(id);

    assertThatThrownBy(() -> durable.rewind(id, null))
        .isInstanceOf(InvalidInstanceStateException.class)
        .hasMessageContaining("is COMPLETED and cannot be rewound");
    assertThatThrownBy(() -> durable.rewind("no-" + id, null))
        .isInstanceOf(InstanceNotFoundException.class);
  }

  // ---- restart

  @Test
  void aFinishedInstanceIsRestartedUnderItsIdWithItsInputAndItsTags() {
    StartOptions options = StartOptions.withId(id).withTags(Map.of("customer", "7"));
    durable.start(Errands::work, id, options);
    assertThat(result(id)).isEqualTo(id + " 1");
    String before = durable.status(id).orElseThrow().executionId();

    durable.restart(id);

    assertThat(result(id)).isEqualTo(id + " 2");
    OrchestrationStatus again = durable.status(id).orElseThrow();
    assertThat(again.executionId()).isNotEqualTo(before);
    assertThat(again.tags()).isEqualTo(Map.of("customer", "7"));
  }

  @Test
  void anInstanceThatRunsIsRestartedUnderAnotherIdOnly() {
    String copy = "copy-" + id;
    durable.start(Errands::workAfterWord, id, StartOptions.withId(id));
    watch.awaitWaiting(id);

    assertThatThrownBy(() -> durable.restart(id)).isInstanceOf(InvalidInstanceStateException.class);
    assertThat(durable.restartAs(id, copy)).isEqualTo(copy);
    assertThatThrownBy(() -> durable.restartAs(id, copy))
        .isInstanceOf(InstanceAlreadyExistsException.class);

    say(copy, "copy");
    assertThat(result(copy)).isEqualTo("copy: " + id + " 1");
    assertThat(watch.statusOf(id)).isEqualTo(RUNNING);
    durable.terminate(id, "not needed any more");
  }

  // ---- purge

  @Test
  void aPurgeByFilterDeletesWhatHasFinishedOfThoseThatAreMeant() {
    Map<String, String> batch = Map.of("batch", id);
    for (int i = 0; i < 3; i++) {
      durable.start(Errands::work, id, StartOptions.withId(id + "-" + i).withTags(batch));
      result(id + "-" + i);
    }
    durable.start(Errands::work, id, StartOptions.withId(id + "-other"));
    result(id + "-other");
    durable.start(Errands::waitForWord, StartOptions.withId(id).withTags(batch));
    watch.awaitWaiting(id);
    InstanceFilter filter = InstanceFilter.all().withTags(batch);

    assertThat(durable.purge(filter)).isEqualTo(3);

    assertThat(durable.status(id + "-0")).isEmpty();
    assertThat(durable.status(id + "-other")).isPresent();
    assertThatThrownBy(() -> durable.purge(id)).isInstanceOf(InvalidInstanceStateException.class);
    say(id, "alive");
    assertThat(result(id)).isEqualTo("alive");
    durable.purge(id);
    assertThat(durable.status(id)).isEmpty();
    assertThat(durable.purge(filter)).isZero();
  }
}
