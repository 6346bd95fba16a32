package dev.durable.jpa;

import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.RuntimeStatus;
import dev.durable.StartPolicy;
import dev.durable.core.episode.Episode;
import dev.durable.core.history.HistoryEvent.ExecutionRewound;
import dev.durable.core.spi.Failures;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.CreateOutcome;
import dev.durable.core.store.TaskHubStore.SendOutcome;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients write is a part of their own transaction. */
class CallerTransactionTest {

  private static <T> T inOne(TestHub hub, Function<TaskHubStore, T> calls) {
    return hub.database.inTransaction(
        em -> calls.apply(new JpaTaskHubStore(em, hub.database.dialect(), hub.name)));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void anInstanceCanBeStartedAndSentEventsInOneTransaction(Dialect dialect) {
    TestHub hub = new TestHub(dialect);
    inOne(
        hub,
        store -> {
          store.create(TestHub.instance("order-1", "1"), StartPolicy.REPLACE_FINISHED);
          assertThat(store.create(TestHub.instance("order-1", "1"), StartPolicy.REPLACE_FINISHED))
              .isEqualTo(new CreateOutcome.Exists(RuntimeStatus.PENDING));
          for (String id : List.of("z", "m", "a", "m")) {
            assertThat(store.send("order-1", id, TestHub.event(id, "1"), NOW, false))
                .isEqualTo(new SendOutcome.Accepted());
          }
          return store.status("order-1").orElseThrow();
        });

    assertThat(TestHub.messageIds(hub.claim().get(0))).containsExactly("start:1", "z", "m", "a");
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void nothingIsLeftOfATransactionThatIsRolledBack(Dialect dialect) {
    TestHub hub = new TestHub(dialect).create("order-1");

    assertThatThrownBy(
            () ->
                inOne(
                    hub,
                    store -> {
                      store.create(TestHub.instance("order-2", "1"), StartPolicy.REPLACE_FINISHED);
                      store.send("order-1", "e", TestHub.event("e", "1"), NOW, false);
                      throw new IllegalStateException("the caller's own failure");
                    }))
        .hasMessage("the caller's own failure");

    assertThat(hub.store.status("order-2")).isEmpty();
    List<InstanceWorkItem> items = hub.claim();
    assertThat(TestHub.ids(items)).containsExactly("order-1");
    assertThat(TestHub.messageIds(items.get(0))).containsExactly("start:1");
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void nothingIsWrittenAndNobodyWaitsUntilTheCallerCommits(Dialect dialect) {
    TestHub hub = new TestHub(dialect).create("order-1");
    hub.database.log().take();
    inOne(
        hub,
        store -> {
          store.create(TestHub.instance("order-2", "1"), StartPolicy.REPLACE_FINISHED);

          assertThat(hub.database.log().take()).noneMatch(sql -> sql.startsWith("INSERT"));
          assertThat(TestHub.ids(hub.claim())).containsExactly("order-1");
          assertThat(hub.store.status("order-2")).isEmpty();
          return null;
        });

    assertThat(TestHub.ids(hub.claim())).containsExactly("order-2");
  }

  private static EpisodeCommit failing(InstanceWorkItem item) {
    EpisodeCommit commit = TestHub.sending(item, List.of());
    return new EpisodeCommit(
        commit.lease(),
        commit.snapshot().ended(RuntimeStatus.FAILED, null, Failures.terminated("pretended")),
        commit.firstSequence(),
        commit.appended(),
        commit.consumed(),
        List.of(),
        commit.openActivities(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        false,
        null,
        commit.at());
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void anEventThatIsCommittedAfterTheFailureMayBeSentAgainAfterTheRewind(Dialect dialect) {
    TestHub hub = new TestHub(dialect).create("order-1");
    InstanceWorkItem running = hub.claim().get(0);
    inOne(
        hub,
        store -> {
          store.send("order-1", "e", TestHub.event("e", "1"), NOW, true);
          return hub.store.commit(List.of(failing(running)));
        });
    hub.store.commit(List.of(Episode.begin(hub.claim().get(0), NOW, 1_000).conclude()));
    hub.store.rewind("order-1", new ExecutionRewound(null), NOW);

    hub.store.send("order-1", "e", TestHub.event("e", "1"), NOW, true);

    assertThat(TestHub.messageIds(hub.claim().get(0))).containsExactly("rewind:1", "e");
  }
}
