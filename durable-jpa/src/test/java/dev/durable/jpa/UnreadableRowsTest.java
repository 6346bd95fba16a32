package dev.durable.jpa;

import static dev.durable.jpa.TestHub.LEASE_END;
import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.InstancePage;
import dev.durable.InstanceQuery;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.TaskHubStore.SendOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that a newer release wrote, or that somebody damaged. */
class UnreadableRowsTest {

  private static final Instant RETRY = NOW.plus(InstanceWorkItems.UNREADABLE_RETRY);

  /** Changes rows of the instance {@code bad} of that hub. */
  private static void edit(TestHub hub, String sql) {
    hub.database.run(
        sql
            + (sql.contains(" WHERE ") ? " AND" : " WHERE")
            + " INSTANCE_KEY IN (SELECT INSTANCE_KEY FROM DURABLE_INSTANCE WHERE TASK_HUB = '"
            + hub.name
            + "' AND INSTANCE_ID = 'bad')");
  }

  private static OrchestrationStatus bad(TestHub hub) {
    return hub.store.status("bad").orElseThrow();
  }

  /** A hub with the instances a, bad and c, of which bad has a history that cannot be read. */
  private static TestHub withUnreadableHistory(Dialect dialect) {
    TestHub hub = new TestHub(dialect).create("a", "bad", "c");
    List<InstanceWorkItem> first = hub.claim();
    hub.store.commit(first.stream().map(item -> TestHub.scheduling(item, "1")).toList());
    hub.raise("a", "e").raise("bad", "e").raise("c", "e");
    edit(hub, "UPDATE DURABLE_HISTORY SET EVENT_TYPE = 'TaskVanished' WHERE SEQ = 3");
    return hub;
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void anInstanceWhoseHistoryCannotBeReadIsBlockedAndItsNeighboursAreNot(Dialect dialect) {
    TestHub hub = withUnreadableHistory(dialect);

    assertThat(TestHub.ids(hub.claim())).containsExactly("a", "c");

    assertThat(bad(hub).runtimeStatus()).isEqualTo(RuntimeStatus.BLOCKED);
    assertThat(bad(hub).failure().type()).isEqualTo(UnreadableRowException.class.getName());
    assertThat(bad(hub).failure().message()).contains("DURABLE_HISTORY", "TaskVanished");
    assertThat(hub.claim(RETRY.minusMillis(1))).noneMatch(item -> isBad(item));
  }

  private static boolean isBad(InstanceWorkItem item) {
    return item.lease().instance().id().equals("bad");
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void itRunsAgainOnceItCanBeRead(Dialect dialect) {
    TestHub hub = withUnreadableHistory(dialect);
    hub.claim();
    hub.claim(RETRY);
    edit(hub, "UPDATE DURABLE_HISTORY SET EVENT_TYPE = 'TaskScheduled' WHERE SEQ = 3");

    assertThat(hub.store.unblock(RETRY.plusSeconds(3600), RETRY)).isEqualTo(1);
    InstanceWorkItem repaired =
        hub.claim(RETRY).stream().filter(UnreadableRowsTest::isBad).findFirst().orElseThrow();
    assertThat(repaired.attempt()).isEqualTo(1);
    hub.store.commit(List.of(TestHub.sending(repaired, List.of())));
    assertThat(bad(hub).runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
    assertThat(bad(hub).failure()).isNull();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void itCanBeTerminatedByForce(Dialect dialect) {
    TestHub hub = withUnreadableHistory(dialect);
    hub.claim();

    assertThat(hub.store.terminateNow("bad", new ExecutionTerminated("hopeless", true), NOW))
        .isEqualTo(new SendOutcome.Accepted());

    assertThat(bad(hub).runtimeStatus()).isEqualTo(RuntimeStatus.TERMINATED);
    assertThat(hub.claim(RETRY)).noneMatch(UnreadableRowsTest::isBad);
    hub.store.purge("bad");
    assertThat(hub.store.status("bad")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE DURABLE_INBOX SET EVENT_TYPE = 'TaskVanished' WHERE MESSAGE_ID = 'start:1'",
        "UPDATE DURABLE_INBOX SET NAME = NULL WHERE MESSAGE_ID = 'start:1'",
        "UPDATE DURABLE_INBOX SET DETAILS = '{\"parent\":7}' WHERE MESSAGE_ID = 'start:1'",
        "UPDATE DURABLE_INBOX SET EVENT_TYPE = 'TaskScheduled', TASK_ID = 1,"
            + " DETAILS = '{\"retry\":{\"maxAttempts\":-1,\"firstInterval\":1}}'",
        "UPDATE DURABLE_INSTANCE SET FAILURE = 'oops' WHERE INSTANCE_ID = 'bad'"
      })
  void aMessageOrFailureThatCannotBeReadBlocksItsInstanceOnly(String damage) {
    TestHub hub = new TestHub(Dialect.DERBY).create("a", "bad", "c");
    edit(hub, damage);

    assertThat(TestHub.ids(hub.claim())).containsExactly("a", "c");
    assertThat(bad(hub).runtimeStatus()).isEqualTo(RuntimeStatus.BLOCKED);
    assertThat(bad(hub).failure()).isNotNull();
  }

  @Test
  void aStatusOfANewerReleaseIsLeftAsItIsAndTriedAgainAfterTheLease() {
    TestHub hub = new TestHub(Dialect.DERBY).create("a", "bad", "c");
    edit(hub, "UPDATE DURABLE_INSTANCE SET STATUS = 'DREAMING' WHERE INSTANCE_ID = 'bad'");
    assertThat(TestHub.ids(hub.claim())).containsExactly("a", "c");
    assertThat(hub.claim()).as("it is leased meanwhile").isEmpty();

    edit(hub, "UPDATE DURABLE_INSTANCE SET STATUS = 'PENDING' WHERE INSTANCE_ID = 'bad'");
    assertThat(hub.claim(LEASE_END)).anyMatch(UnreadableRowsTest::isBad);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void whatIsLeftInTheInboxOfAFinishedOneIsThrownAwayAndItStaysFinished(Dialect dialect) {
    TestHub hub = withUnreadableHistory(dialect);
    ActivityWorkItem task =
        hub.claimTasks().stream()
            .filter(item -> item.task().instance().id().equals("bad"))
            .findFirst()
            .orElseThrow();
    edit(hub, "DELETE FROM DURABLE_INBOX");
    edit(hub, "UPDATE DURABLE_INSTANCE SET STATUS = 'COMPLETED' WHERE INSTANCE_ID = 'bad'");
    hub.store.commit(List.of(TestHub.completing(task, "1")));

    assertThat(TestHub.ids(hub.claim())).containsExactly("a", "c");
    assertThat(bad(hub).runtimeStatus()).isEqualTo(RuntimeStatus.COMPLETED);
    assertThat(hub.claim(RETRY)).noneMatch(UnreadableRowsTest::isBad);
    assertThat(hub.database.count("DURABLE_INBOX", task.task().instance().key())).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE DURABLE_INSTANCE SET FAILURE = 'oops' WHERE INSTANCE_ID = 'bad'",
        "UPDATE DURABLE_INSTANCE SET STATUS = 'DREAMING' WHERE INSTANCE_ID = 'bad'"
      })
  void anInstanceThatCannotBeReadIsLeftOutOfListsAndDoesNotEndThem(String damage) {
    TestHub hub = new TestHub(Dialect.DERBY).create("a", "bad", "c");
    edit(hub, damage);

    List<String> listed = new ArrayList<>();
    InstanceQuery query = InstanceQuery.all().withPageSize(1);
    String token = null;
    do {
      InstancePage page = hub.store.list(query.after(token));
      page.instances().forEach(status -> listed.add(status.instanceId()));
      token = page.continuationToken();
    } while (token != null);

    assertThat(listed).containsExactly("a", "c");
  }
}
