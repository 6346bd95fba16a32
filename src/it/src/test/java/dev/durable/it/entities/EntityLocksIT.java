package dev.durable.it.entities;

import static dev.durable.it.entities.Eventually.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.DurableClient;
import dev.durable.EntityId;
import dev.durable.EntityLockedException;
import dev.durable.EntityStatus;
import dev.durable.StartOptions;
import dev.durable.TerminateOptions;
import dev.durable.it.entities.EntityOrchestrators.Transfer;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class EntityLocksIT {

  @Inject DurableClient durable;

  private final String key = UUID.randomUUID().toString();
  private final EntityId counter = new EntityId("counter", key);

  @Deployment
  static EnterpriseArchive ear() {
    return Application.ear(EntityLocksIT.class);
  }

  private EntityStatus status() {
    return durable.entityStatus(counter).orElseThrow();
  }

  private int value() {
    return durable.readEntity(counter, Counter.class).map(Counter::get).orElse(-1);
  }

  private void hold() {
    durable.start(EntityOrchestrators::hold, counter, StartOptions.withId(key));
    Eventually.is(
        true,
        () ->
            durable
                .status(key)
                .filter(status -> "\"holding\"".equals(status.customStatus()))
                .isPresent());
  }

  @Test
  void whatIsLockedIsNotReadAndKeepsWhatIsSignalledUntilItIsReleased() {
    durable.signalEntity(counter, Counter::add, 10);
    Eventually.is(10, this::value);
    hold();
    durable.signalEntity(counter, Counter::add, 100);

    assertThatThrownBy(this::value)
        .isInstanceOfSatisfying(
            EntityLockedException.class, e -> assertThat(e.lockedBy()).isEqualTo(key));
    assertThat(status().lockedBy()).isEqualTo(key);
    assertThat(status().state()).contains("\"value\":10");

    durable.raiseEvent(key, "word", "go");
    assertThat(durable.await(key, Integer.class, PATIENCE)).isEqualTo(11);
    Eventually.is(true, () -> status().lockedBy() == null);
    Eventually.is(111, this::value);
  }

  @Test
  void aLockEndsWithItsOrchestrationAlsoIfThatIsTerminated() {
    hold();
    durable.signalEntity(counter, Counter::add, 100);
    durable.terminate(key, "enough");

    Eventually.is(true, () -> status().lockedBy() == null);
    Eventually.is(100, this::value);
  }

  @Test
  void aLockEndsWithItsOrchestrationAlsoIfThatIsTerminatedByForce() {
    hold();
    durable.signalEntity(counter, Counter::add, 100);
    durable.terminate(key, TerminateOptions.because("at once").forced());

    Eventually.is(true, () -> status().lockedBy() == null);
    Eventually.is(100, this::value);
  }

  @Test
  void transfersBetweenLockedAccountsDoNotChangeTheSum() {
    List<EntityId> accounts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      EntityId account = new EntityId("account", key + ":" + i);
      accounts.add(account);
      durable.signalEntity(account, Account::change, 100L);
    }
    List<String> transfers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      transfers.add(
          durable.start(
              EntityOrchestrators::transfer,
              new Transfer(accounts.get(i % 4), accounts.get((i + 1 + i % 3) % 4), 30L)));
    }

    for (String transfer : transfers) {
      assertThat(durable.await(transfer, String.class, PATIENCE)).isIn("done", "not enough");
    }
    for (EntityId account : accounts) {
      Eventually.is(true, () -> durable.entityStatus(account).orElseThrow().lockedBy() == null);
    }
    assertThat(
            accounts.stream()
                .mapToLong(a -> durable.readEntity(a, Account.class).orElseThrow().balance())
                .sum())
        .isEqualTo(400);
  }
}
