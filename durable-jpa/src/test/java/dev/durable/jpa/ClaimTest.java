package dev.durable.jpa;

import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.InstanceFilter;
import dev.durable.InstanceQuery;
import dev.durable.StartPolicy;
import dev.durable.core.store.Claim;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.TaskHubStore.SendOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClaimTest {

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aFullInboxIsTakenInPortionsOldestFirstAndKeepsNobodyOut(Dialect dialect) {
    TestHub hub = new TestHub(dialect).create("full", "other").raise("other", "e");
    int count = ClaimedInboxes.MAX_MESSAGES + 10;
    fill(hub, count);

    List<InstanceWorkItem> items = hub.claim(NOW.plusSeconds(1));
    assertThat(TestHub.ids(items)).containsExactly("full", "other");
    assertThat(items.get(0).inbox()).hasSize(ClaimedInboxes.MAX_MESSAGES / 2);
    assertThat(TestHub.messageIds(items.get(0))).startsWith("start:1", "e1", "e2", "e3");
    assertThat(items.get(1).inbox()).hasSize(2);

    hub.store.commit(items.stream().map(item -> TestHub.sending(item, List.of())).toList());
    InstanceWorkItem next = hub.claim(NOW.plusSeconds(1)).get(0);
    int taken = ClaimedInboxes.MAX_MESSAGES / 2;
    assertThat(next.inbox()).hasSize(count + 1 - taken);
    assertThat(TestHub.messageIds(next)).startsWith("e" + taken, "e" + (taken + 1));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aPortionOfAFullInboxBeginsWithTheEventsCarriedOverWhateverTheirTime(Dialect dialect) {
    TestHub hub = new TestHub(dialect).create("full");
    InstanceWorkItem item = hub.claim().get(0);
    Message carried =
        new Message(
            item.lease().instance(),
            "carried",
            Message.ANY_EXECUTION,
            TestHub.event("carried", "1"),
            NOW.plusSeconds(60),
            1);
    hub.store.commit(List.of(TestHub.sending(item, List.of(carried))));
    fill(hub, ClaimedInboxes.MAX_MESSAGES + 10);

    InstanceWorkItem next = hub.claim(NOW.plusSeconds(1)).get(0);

    assertThat(next.inbox()).hasSize(ClaimedInboxes.MAX_MESSAGES);
    assertThat(TestHub.messageIds(next)).startsWith("carried", "e1", "e2");
  }

  /** Sends many events to the instance {@code full}, which become visible right after now. */
  private static void fill(TestHub hub, int count) {
    String insert =
        "INSERT INTO DURABLE_INBOX (INSTANCE_KEY, MESSAGE_ID, TASK_HUB, CARRIED, EXECUTION,"
            + " VISIBLE_AT, EVENT_TYPE, NAME, DETAILS) SELECT INSTANCE_KEY, ?, TASK_HUB, 0, 0, "
            + NOW.plusMillis(1).toEpochMilli()
            + ", 'EventRaised', 'go', ? FROM DURABLE_INSTANCE"
            + " WHERE INSTANCE_ID = 'full' AND TASK_HUB = ?";
    try (Connection connection = hub.database.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(insert)) {
      for (int i = 1; i <= count; i++) {
        statement.setString(1, "e" + i);
        statement.setString(2, "{\"eventId\":\"e" + i + "\"}");
        statement.setString(3, hub.name);
        statement.execute();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void anInstanceWithMoreMessagesThanAClaimLooksAtDelaysOthersByOneClaimOnly(Dialect dialect) {
    TestHub hub = new TestHub(dialect).create("full");
    fill(hub, 5 * Claims.WINDOW);
    Instant later = NOW.plusSeconds(1);
    hub.store.create(
        new NewInstance("other", "other-e1", "fulfil", null, later, later, null),
        StartPolicy.REPLACE_FINISHED);
    Claim claim = new Claim("node-a", later, later.plusSeconds(30), 3);

    assertThat(TestHub.ids(hub.store.claimInstances(InstanceClaim.any(claim))))
        .containsExactly("full");
    assertThat(TestHub.ids(hub.store.claimInstances(InstanceClaim.any(claim))))
        .containsExactly("other");
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void hubsInOneDatabaseDoNotSeeEachOther(Dialect dialect) {
    TestHub one = new TestHub(dialect).create("order-1");
    TestHub two = new TestHub(dialect);

    assertThat(two.store.status("order-1")).isEmpty();
    assertThat(two.store.history("order-1")).isEmpty();
    assertThat(two.store.list(InstanceQuery.all()).instances()).isEmpty();
    assertThat(two.store.send("order-1", "e", TestHub.event("e", "1"), NOW, false))
        .isEqualTo(new SendOutcome.NotFound());
    assertThat(two.claim()).isEmpty();
    two.create("order-1");
    one.store.commit(List.of(TestHub.scheduling(one.claim().get(0), "1")));
    assertThat(two.claimTasks()).isEmpty();
    assertThat(two.claim()).hasSize(1);
    assertThat(one.claimTasks()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void idsThatNoInstanceCanHaveAreNotFoundWhateverTheDatabaseMakesOfThem(Dialect dialect) {
    TestHub hub = new TestHub(dialect).create("order-1");

    for (String id :
        List.of("order-1 ", "order-1\u0000", "\ud800", "order-1\n", "x".repeat(9999))) {
      assertThat(hub.store.status(id)).isEmpty();
      assertThat(hub.store.history(id)).isEmpty();
      assertThat(hub.store.send(id, "e", TestHub.event("e", "1"), NOW, false))
          .isEqualTo(new SendOutcome.NotFound());
      assertThat(
              hub.store
                  .list(InstanceQuery.of(InstanceFilter.all().withInstanceIdPrefix(id)))
                  .instances())
          .isEmpty();
    }
  }
}
