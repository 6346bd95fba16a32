package dev.durable.jpa;

import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.StartPolicy;
import dev.durable.core.store.ActivityClaim;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Claim;
import dev.durable.core.store.Due;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.TaskHubStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Claims of a node for which all looks are slow, as they are while an old snapshot is open. */
class QueueHeadsTest {

  private static final Duration EACH_LOOK = QueueHead.SLOW.multipliedBy(2);

  private final AtomicLong nanos = new AtomicLong();
  private final TestHub hub = new TestHub(Dialect.POSTGRESQL);
  private final TaskHubStore node =
      hub.database.openKnowing(
          hub.name, new QueueHeads(() -> nanos.addAndGet(EACH_LOOK.toNanos())));

  private Instant now = NOW;

  @Test
  void whatIsDueIsFound() {
    claim();
    hub.create("order-1");
    pass(QueueHead.USUAL);

    assertThat(due()).isEqualTo(new Due(true, false, false));
    assertThat(claim()).containsExactly("order-1");
  }

  @Test
  void whatWaitsIsFoundHoweverLongItHasWaited() {
    claim();
    hub.create("order-1", "order-2");
    pass(Duration.ofHours(1));

    assertThat(claim()).containsExactly("order-1", "order-2");
  }

  @Test
  void whatSomebodyElseHasIsFoundWhenTheLeaseHasRunOut() {
    claim();
    hub.create("order-1");
    assertThat(hub.claim(now)).hasSize(1);
    pass(Duration.ofSeconds(29));
    assertThat(claim()).isEmpty();
    pass(Duration.ofSeconds(1));

    assertThat(claim()).containsExactly("order-1");
  }

  @Test
  void whatIsWrittenFarInThePastIsFoundByTheNextLookFromTheBeginning() {
    claim();
    claim();
    create("order-1", now.minus(Duration.ofDays(1)));
    assertThat(due()).isEqualTo(Due.NOTHING);
    assertThat(claim()).isEmpty();
    pass(QueueHead.AT_MOST);

    assertThat(due()).isEqualTo(new Due(true, false, false));
    assertThat(claim()).containsExactly("order-1");
  }

  @Test
  void anActivityIsFoundAndAgainWhenItsLeaseHasRunOut() {
    claimTasks();
    hub.create("order-1");
    hub.store.commit(List.of(TestHub.scheduling(hub.claim().get(0), "1")));
    pass(QueueHead.USUAL);
    assertThat(due()).isEqualTo(new Due(false, false, true));
    assertThat(claimTasks()).hasSize(1);
    pass(Duration.ofSeconds(29));
    assertThat(claimTasks()).isEmpty();
    pass(Duration.ofSeconds(1));

    assertThat(claimTasks()).hasSize(1);
  }

  @Test
  void anActivityFarInThePastIsFoundByTheNextLookFromTheBeginning() {
    hub.create("order-1");
    pass(Duration.ofHours(1));
    claimTasks();
    claimTasks();
    hub.store.commit(List.of(TestHub.scheduling(hub.claim(now).get(0), "1")));
    assertThat(claimTasks()).isEmpty();
    pass(QueueHead.AT_MOST);

    assertThat(claimTasks()).hasSize(1);
  }

  private void create(String id, Instant visibleAt) {
    hub.store.create(
        new NewInstance(id, id + "-e1", "fulfil", "1", now, visibleAt, null),
        StartPolicy.REPLACE_FINISHED);
  }

  private void pass(Duration time) {
    now = now.plus(time);
    nanos.addAndGet(time.toNanos());
  }

  private Due due() {
    return node.due(now);
  }

  private List<String> claim() {
    return TestHub.ids(node.claimInstances(InstanceClaim.any(wanted())));
  }

  private List<ActivityWorkItem> claimTasks() {
    return node.claimActivities(ActivityClaim.any(wanted()));
  }

  private Claim wanted() {
    return new Claim("node-b", now, now.plusSeconds(30), 100);
  }
}
