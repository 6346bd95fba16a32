package dev.durable.jpa;

import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Commit;
import dev.durable.core.store.Commit.EpisodeCommit;
import dev.durable.core.store.Commit.OpenActivities;
import dev.durable.core.store.EventDelivery;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.NewInstance.IfExists;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Parents that change their children, hold back their activities and send events to each other, on
 * several nodes at the same moment, wait for each other, but never in a circle.
 */
class FamilyTrafficTest {

  private static final int PARENTS = 6;
  private static final int ROUNDS = 15;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final ExecutorService threads = Executors.newFixedThreadPool(3);

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  private static String child(String parent) {
    return parent.replace("p", "c");
  }

  private static NewInstance call(InstanceWorkItem parent, int round) {
    InstanceRef ref = parent.lease().instance();
    return new NewInstance(
        child(ref.id()),
        "e",
        "child",
        null,
        NOW,
        NOW,
        new ParentTask(ref, 1, 1000 + round),
        null,
        Map.of(),
        IfExists.ADOPT);
  }

  private Commit commit(InstanceWorkItem item, int round) {
    EpisodeCommit plain = TestHub.sending(item, List.of());
    String id = item.lease().instance().id();
    if (id.startsWith("c")) {
      return plain;
    }
    if (round == ROUNDS) {
      return TestHub.ending(item);
    }
    String next = "p" + (Integer.parseInt(id.substring(1)) + 1) % PARENTS;
    String eventId = id + "-" + round;
    return TestHub.about(
        plain,
        round % 2 == 0 ? OpenActivities.HELD : OpenActivities.RELEASED,
        List.of(call(item, round)),
        List.of(
            new EventDelivery(next, TestHub.event(eventId, "1"), null),
            new EventDelivery(child(id), TestHub.event(eventId, "1"), null)));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void commitsThatAreAboutOthersInAnyOrderDoNotDeadlock(Dialect dialect) throws Exception {
    TestHub hub = new TestHub(dialect);
    for (int i = 0; i < PARENTS; i++) {
      hub.create("p" + i);
    }
    hub.store.commit(hub.claim().stream().map(item -> TestHub.scheduling(item, "1")).toList());
    List<Lease> tasks = hub.claimTasks().stream().<Lease>map(ActivityWorkItem::lease).toList();

    for (int round = 0; round <= ROUNDS; round++) {
      for (int i = 0; i < PARENTS; i++) {
        hub.raise("p" + i, "r" + round);
      }
      List<InstanceWorkItem> items = hub.claim();
      int last = round;
      List<Commit> commits = items.stream().map(item -> commit(item, last)).toList();
      List<Lease> leases = new ArrayList<>(tasks);
      items.forEach(item -> leases.add(item.lease()));

      List<List<CommitOutcome>> outcomes =
          atOnce(
              () -> hub.store.commit(shuffled(commits)),
              () -> hub.store.commit(shuffled(commits)),
              () -> {
                hub.store.renew(shuffled(leases), NOW.plusSeconds(60));
                return List.of();
              });

      assertThat(outcomes.stream().flatMap(List::stream))
          .as("seed %d", seed)
          .hasSize(2 * items.size())
          .filteredOn(CommitOutcome.COMMITTED::equals)
          .hasSizeGreaterThanOrEqualTo(PARENTS);
    }
    assertThat(hub.claimTasks()).isEmpty();
    Stream<String> told =
        hub.claim(NOW.plusSeconds(100)).stream()
            .filter(item -> TestHub.messageIds(item).contains("terminate:parent"))
            .map(item -> item.lease().instance().id());
    assertThat(told).as("seed %d", seed).hasSize(PARENTS).allMatch(id -> id.startsWith("c"));
  }

  private <T> List<T> shuffled(List<T> all) {
    List<T> copy = new ArrayList<>(all);
    synchronized (random) {
      Collections.shuffle(copy, random);
    }
    return copy;
  }

  private <T> List<T> atOnce(Callable<T> first, Callable<T> second, Callable<T> third)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(3);
    List<Callable<T>> calls = new ArrayList<>();
    for (Callable<T> call : List.of(first, second, third)) {
      calls.add(
          () -> {
            start.await(30, TimeUnit.SECONDS);
            return call.call();
          });
    }
    List<T> results = new ArrayList<>();
    for (Future<T> result : threads.invokeAll(calls)) {
      results.add(result.get());
    }
    return results;
  }
}
