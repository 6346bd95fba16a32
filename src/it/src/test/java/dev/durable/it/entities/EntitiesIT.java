package dev.durable.it.entities;

import static dev.durable.it.entities.Eventually.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.DurableClient;
import dev.durable.EntityId;
import dev.durable.EntityPage;
import dev.durable.EntityQuery;
import dev.durable.EntityStatus;
import dev.durable.PayloadException;
import dev.durable.SignalOptions;
import dev.durable.UnknownFunctionException;
import dev.durable.it.entities.Counter.Passing;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class EntitiesIT {

  @Inject DurableClient durable;

  private final EntityId counter = new EntityId("counter", UUID.randomUUID().toString());

  @Deployment
  static EnterpriseArchive ear() {
    return Application.ear(EntitiesIT.class);
  }

  private @Nullable Integer value(EntityId id) {
    return durable.readEntity(id, Counter.class).map(Counter::get).orElse(-1);
  }

  private <R> R result(String instance, Class<R> type) {
    return durable.await(instance, type, PATIENCE);
  }

  @Test
  void anOrchestrationCallsAndSignalsInOrder() {
    String id = durable.start(EntityOrchestrators::addAndGet, counter);

    assertThat(result(id, Integer.class)).isEqualTo(505);
    assertThat(durable.readEntity(counter, Counter.class).map(Counter::beganAs))
        .contains("first of " + counter.key());
  }

  @Test
  void aCallThatFailsIsAFailureOfTheCallerAndChangesNothing() {
    durable.signalEntity(counter, Counter::add, 2);
    String id = durable.start(EntityOrchestrators::addUnlucky, counter);

    assertThat(result(id, String.class))
        .isEqualTo("java.lang.IllegalArgumentException: 13 is unlucky");
    assertThat(value(counter)).isEqualTo(2);
  }

  @Test
  void ofManySignalsEachIsAppliedOnceWhateverBecomesOfOneAmongThem() {
    for (int i = 1; i <= 300; i++) {
      durable.signalEntity(counter, Counter::add, i == 150 ? 13 : 1);
    }

    Eventually.is(299, () -> value(counter));
    Eventually.is(0L, () -> durable.entityStatus(counter).orElseThrow().waitingOperations());
  }

  @Test
  void aSignalThatIsSentAgainWithItsIdIsAppliedOnce() {
    SignalOptions once = SignalOptions.defaults().withSignalId("one");
    durable.signalEntity(counter, Counter::add, 3, once);
    Eventually.is(3, () -> value(counter));
    durable.signalEntity(counter, Counter::add, 3, once);
    durable.signalEntity(counter, Counter::add, 1);

    Eventually.is(4, () -> value(counter));
  }

  @Test
  void aSignalForALaterTimeIsNotAppliedEarlier() {
    Instant at = Instant.now().plus(Duration.ofSeconds(2));
    durable.signalEntity(counter, Counter::add, 5, SignalOptions.at(at));
    durable.signalEntity(counter, Counter::add, 1);
    Eventually.is(1, () -> value(counter));
    assertThat(durable.entityStatus(counter).orElseThrow().waitingOperations()).isEqualTo(1);

    Eventually.is(6, () -> value(counter));
    assertThat(lastAt(counter)).isAfterOrEqualTo(at);
  }

  private Instant lastAt(EntityId id) {
    return durable.readEntity(id, Counter.class).map(Counter::lastAt).orElseThrow();
  }

  @Test
  void anOrchestrationSignalsForALaterTime() {
    String id = durable.start(EntityOrchestrators::addLater, counter);

    Instant at = Instant.parse(result(id, String.class));
    Eventually.is(7, () -> value(counter));
    assertThat(lastAt(counter)).isAfterOrEqualTo(at);
  }

  @Test
  void anOperationSignalsOthersAndStartsOrchestrations() {
    EntityId other = new EntityId("counter", "other-" + counter.key());
    String adding = "adding-" + counter.key();

    durable.signalEntity(counter, Counter::passOn, new Passing(other, 8));
    durable.signalEntity(counter, Counter::startAdding, adding);

    Eventually.is(8, () -> value(other));
    Eventually.is(true, () -> durable.status(adding).isPresent());
    assertThat(result(adding, Integer.class)).isEqualTo(505);
    assertThat(durable.readEntity(counter, Counter.class).map(Counter::known))
        .contains(Map.of(other.key(), other));
  }

  @Test
  void aStateThatWouldBeTooLargeIsAFailureAndTheOldOneStays() {
    durable.signalEntity(counter, Counter::add, 1);
    durable.signalEntity(counter, Counter::grow);
    durable.signalEntity(counter, Counter::add, 1);

    Eventually.is(2, () -> value(counter));
    assertThat(durable.readEntity(counter, Counter.class).map(Counter::beganAs))
        .contains("first of " + counter.key());
  }

  @Test
  void whatIsDeletedBeginsAnew() {
    durable.signalEntity(counter, Counter::add, 1);
    Eventually.is(1, () -> value(counter));
    durable.deleteEntity(counter);
    Eventually.is(false, () -> durable.entityStatus(counter).orElseThrow().hasState());
    assertThat(durable.readEntity(counter, Counter.class)).isEmpty();

    durable.signalEntity(counter, Counter::add, 2);
    Eventually.is(2, () -> value(counter));
  }

  @Test
  void entitiesAreListedByNameAndKeyWithTheirStates() {
    List<EntityId> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      EntityId id = new EntityId("counter", counter.key() + ":" + i);
      ids.add(id);
      durable.signalEntity(id, Counter::add, i);
      int expected = i;
      Eventually.is(expected, () -> value(id));
    }

    EntityQuery query = EntityQuery.ofName("counter").withKeyPrefix(counter.key()).withPageSize(3);
    EntityPage first = durable.listEntities(query);
    EntityPage second = durable.listEntities(query.after(first.continuationToken()));
    List<EntityStatus> all = new ArrayList<>(first.entities());
    all.addAll(second.entities());

    assertThat(first.entities()).hasSize(3);
    assertThat(second.continuationToken()).isNull();
    assertThat(all).extracting(EntityStatus::id).containsExactlyElementsOf(ids);
    assertThat(all.get(4).state()).contains("\"value\":4");
    assertThat(all).allSatisfy(status -> assertThat(status.lockedBy()).isNull());
    assertThat(durable.listEntities(query.withoutStates()).entities())
        .allSatisfy(status -> assertThat(status.state()).isNull());
  }

  @Test
  void whatCannotBeSignalledIsToldAtOnce() {
    EntityId unknown = new EntityId("nobody", "k");
    assertThatThrownBy(() -> durable.signalEntity(unknown, "add", 1))
        .isInstanceOf(UnknownFunctionException.class)
        .hasMessageContaining("counter");
    assertThatThrownBy(() -> durable.signalEntity(counter, "substract", 1))
        .isInstanceOf(UnknownFunctionException.class)
        .hasMessageContaining("add");
    assertThatThrownBy(() -> durable.signalEntity(counter, "begin", null))
        .as("@InitialState is no operation")
        .isInstanceOf(UnknownFunctionException.class);
    assertThatThrownBy(() -> durable.signalEntity(counter, "add", "many"))
        .isInstanceOf(PayloadException.class);
    assertThatThrownBy(
            () ->
                durable.signalEntity(
                    counter, Counter::add, 1, SignalOptions.at(Instant.now().minusSeconds(60))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(durable.entityStatus(counter)).isEmpty();
    assertThat(durable.readEntity(counter, Counter.class)).isEqualTo(Optional.empty());
    assertThat(durable.entities()).containsExactly("account", "counter");
  }

  @Test
  void entitiesInUseAreNotCleanedUp() {
    durable.signalEntity(counter, Counter::add, 1);
    Eventually.is(1, () -> value(counter));

    assertThat(durable.cleanUpEntities(Duration.ofHours(1)).releasedLocks()).isZero();
    assertThat(value(counter)).isEqualTo(1);
    assertThatThrownBy(() -> durable.cleanUpEntities(Duration.ofMinutes(59)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
