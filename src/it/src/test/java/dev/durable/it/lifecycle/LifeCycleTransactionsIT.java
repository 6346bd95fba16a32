package dev.durable.it.lifecycle;

import static dev.durable.RuntimeStatus.FAILED;
import static dev.durable.RuntimeStatus.RUNNING;
import static dev.durable.RuntimeStatus.SUSPENDED;
import static dev.durable.RuntimeStatus.TERMINATED;
import static dev.durable.it.lifecycle.Watch.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.DurableClient;
import dev.durable.InstanceFilter;
import dev.durable.InvalidInstanceStateException;
import dev.durable.StartOptions;
import dev.durable.TerminateOptions;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is done to an instance is rolled back or committed with the caller's transaction. */
@ExtendWith(ArquillianExtension.class)
class LifeCycleTransactionsIT {

  @Inject DurableClient durable;
  @Inject Watch watch;
  @Inject Work work;
  @Inject UserTransaction transaction;

  private final String id = UUID.randomUUID().toString();

  @Deployment
  static EnterpriseArchive ear() {
    return Application.ear(LifeCycleTransactionsIT.class);
  }

  @AfterEach
  void leaveNoTransactionBehind() throws SystemException {
    if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
      transaction.rollback();
    }
  }

  private void rolledBack(Runnable action) throws Exception {
    transaction.begin();
    action.run();
    transaction.rollback();
  }

  private void committed(Runnable action) throws Exception {
    transaction.begin();
    action.run();
    transaction.commit();
  }

  private String result(String instance) {
    return durable.await(instance, String.class, PATIENCE);
  }

  private void startAndFinish(String instance) {
    durable.start(Errands::work, instance, StartOptions.withId(instance));
    result(instance);
  }

  @Test
  void aSuspensionAndAResumption() throws Exception {
    durable.start(Errands::waitForWord, StartOptions.withId(id));
    watch.awaitWaiting(id);

    rolledBack(() -> durable.suspend(id, null));
    watch.letOthersPass();
    assertThat(watch.statusOf(id)).isEqualTo(RUNNING);
    committed(() -> durable.suspend(id, null));
    watch.await(id, SUSPENDED);

    durable.raiseEvent(id, "word", "kept");
    rolledBack(() -> durable.resume(id, null));
    watch.letOthersPass();
    assertThat(watch.statusOf(id)).isEqualTo(SUSPENDED);
    committed(() -> durable.resume(id, null));
    assertThat(result(id)).isEqualTo("kept");
  }

  @Test
  void aForcedTermination() throws Exception {
    TerminateOptions forced = TerminateOptions.because("at once").forced();
    durable.start(Errands::waitForWord, StartOptions.withId(id));
    watch.awaitWaiting(id);

    rolledBack(() -> durable.terminate(id, forced));
    assertThat(watch.statusOf(id)).isEqualTo(RUNNING);
    committed(() -> durable.terminate(id, forced));

    assertThat(watch.statusOf(id)).isEqualTo(TERMINATED);
  }

  @Test
  void aRewind() throws Exception {
    work.breakDown(id);
    durable.start(Errands::work, id, StartOptions.withId(id));
    watch.await(id, FAILED);
    work.repair(id);

    rolledBack(() -> durable.rewind(id, null));
    watch.letOthersPass();
    assertThat(watch.statusOf(id)).isEqualTo(FAILED);
    committed(() -> durable.rewind(id, null));

    assertThat(result(id)).isEqualTo(id + " 2");
  }

  @Test
  void aRestartWhichReadsBeforeItWrites() throws Exception {
    startAndFinish(id);

    rolledBack(() -> durable.restart(id));
    watch.letOthersPass();
    assertThat(work.times(id)).isEqualTo(1);
    committed(() -> durable.restart(id));
    assertThat(result(id)).isEqualTo(id + " 2");

    String copy = "copy-" + id;
    rolledBack(() -> durable.restartAs(id, copy));
    assertThat(durable.status(copy)).isEmpty();
    committed(() -> durable.restartAs(id, copy));
    assertThat(result(copy)).isEqualTo(id + " 3");
  }

  @Test
  void aPurgeOfOneInstance() throws Exception {
    startAndFinish(id);

    rolledBack(() -> durable.purge(id));
    assertThat(durable.status(id)).isPresent();
    committed(() -> durable.purge(id));

    assertThat(durable.status(id)).isEmpty();
  }

  @Test
  void aPurgeByFilterStaysWhateverBecomesOfTheCallersTransaction() throws Exception {
    startAndFinish(id + "-1");
    startAndFinish(id + "-2");

    transaction.begin();
    durable.start(Errands::waitForWord, StartOptions.withId("started-" + id));
    assertThat(durable.purge(InstanceFilter.all().withInstanceIdPrefix(id))).isEqualTo(2);
    assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
    transaction.rollback();

    assertThat(durable.status(id + "-1")).isEmpty();
    assertThat(durable.status(id + "-2")).isEmpty();
    assertThat(durable.status("started-" + id)).isEmpty();
  }

  @Test
  void whatIsRefusedDoesNotRollBackTheCallersTransaction() throws Exception {
    durable.start(Errands::waitForWord, StartOptions.withId(id));
    String started = "started-" + id;

    transaction.begin();
    durable.start(Errands::work, started, StartOptions.withId(started));
    assertThatThrownBy(() -> durable.restart(id)).isInstanceOf(InvalidInstanceStateException.class);
    assertThatThrownBy(() -> durable.rewind(id, null))
        .isInstanceOf(InvalidInstanceStateException.class);
    assertThatThrownBy(() -> durable.purge(id)).isInstanceOf(InvalidInstanceStateException.class);
    transaction.commit();

    assertThat(result(started)).isEqualTo(started + " 1");
    durable.terminate(id, "not needed any more");
  }
}
