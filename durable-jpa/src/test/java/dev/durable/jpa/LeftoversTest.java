package dev.durable.jpa;

import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.InstanceFilter;
import dev.durable.RuntimeStatus;
import dev.durable.StartPolicy;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCompleted;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Message;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.NewInstance.IfExists;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is deleted leaves no rows behind, which no foreign key would notice. */
class LeftoversTest {

  private static final List<String> TABLES =
      List.of(
          "DURABLE_INSTANCE",
          "DURABLE_TAG",
          "DURABLE_HISTORY",
          "DURABLE_INBOX",
          "DURABLE_EVENT_ID",
          "DURABLE_ACTIVITY_TASK");

  private static NewInstance tagged(String id) {
    return new NewInstance(
        id, "e1", "fulfil", "1", NOW, NOW, null, "1.0", Map.of("a", "1"), IfExists.REFUSE);
  }

  /** An instance that has a row in each table. */
  private static InstanceRef createEverywhere(TestHub hub) {
    hub.store.create(tagged("bad"), StartPolicy.REJECT);
    InstanceWorkItem item = hub.claim().get(0);
    hub.store.commit(List.of(TestHub.scheduling(item, "1")));
    hub.store.send("bad", "e1", TestHub.event("e1", "1"), NOW, true);
    InstanceRef ref = item.lease().instance();
    assertThat(TABLES).allSatisfy(t -> assertThat(hub.database.count(t, ref.key())).isPositive());
    return ref;
  }

  private static void endInDatabase(TestHub hub, InstanceRef ref) {
    hub.database.run(
        "UPDATE DURABLE_INSTANCE SET STATUS = 'COMPLETED' WHERE INSTANCE_KEY = " + ref.key());
  }

  private static void assertNothingIsLeft(Dialect dialect, Consumer<TestHub> purge) {
    TestHub hub = new TestHub(dialect);
    InstanceRef ref = createEverywhere(hub);
    endInDatabase(hub, ref);
    purge.accept(hub);
    assertThat(TABLES).allSatisfy(t -> assertThat(hub.database.count(t, ref.key())).isZero());
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void nothingIsLeftOfAPurgedInstance(Dialect dialect) {
    assertNothingIsLeft(dialect, hub -> hub.store.purge("bad"));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void nothingIsLeftOfInstancesThatAreDeletedByAFilter(Dialect dialect) {
    assertNothingIsLeft(dialect, hub -> hub.store.purge(InstanceFilter.all(), 10));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void nothingIsLeftOfALifeThatIsReplaced(Dialect dialect) {
    TestHub hub = new TestHub(dialect);
    InstanceRef ref = createEverywhere(hub);

    hub.store.create(TestHub.instance("bad", "1"), StartPolicy.TERMINATE_AND_REPLACE);

    assertThat(hub.database.count("DURABLE_INSTANCE", ref.key())).isEqualTo(1);
    assertThat(hub.database.count("DURABLE_INBOX", ref.key())).as("its start").isEqualTo(1);
    for (String table :
        List.of("DURABLE_TAG", "DURABLE_HISTORY", "DURABLE_EVENT_ID", "DURABLE_ACTIVITY_TASK")) {
      assertThat(hub.database.count(table, ref.key())).as(table).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void nothingIsLeftOfAnswersToParentsThatAreGone(Dialect dialect) {
    TestHub hub = new TestHub(dialect).create("order-1");
    InstanceRef gone = new InstanceRef("gone", -17);
    Message answer =
        Message.answer(
            new ParentTask(gone, 1, 0), new SubOrchestrationInstanceCompleted(0, "7"), NOW);

    hub.store.commit(List.of(TestHub.sending(hub.claim().get(0), List.of(answer))));

    assertThat(hub.database.count("DURABLE_INBOX", gone.key())).isZero();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void inOneTransactionOfACallerEachStepSeesTheOneBefore(Dialect dialect) {
    TestHub hub = new TestHub(dialect);
    hub.database.inTransaction(
        em -> {
          var store = new JpaTaskHubStore(em, dialect, hub.name);
          store.create(tagged("order-1"), StartPolicy.REJECT);
          store.send("order-1", "e1", TestHub.event("e1", "1"), NOW, true);
          store.terminateNow("order-1", new ExecutionTerminated("x"), NOW);
          assertThat(store.status("order-1").orElseThrow().runtimeStatus())
              .isEqualTo(RuntimeStatus.TERMINATED);
          store.create(tagged("order-1"), StartPolicy.REPLACE_FINISHED);
          store.send("order-1", "e1", TestHub.event("e1", "2"), NOW, true);
          store.create(tagged("order-1"), StartPolicy.TERMINATE_AND_REPLACE);
          store.send("order-1", "e1", TestHub.event("e1", "3"), NOW, true);
          return null;
        });

    InstanceWorkItem item = hub.claim().get(0);
    assertThat(TestHub.messageIds(item)).containsExactly("start:3", "e1");
    assertThat(item.inbox()).anyMatch(m -> "3".equals(m.message().event().payload()));
  }
}
