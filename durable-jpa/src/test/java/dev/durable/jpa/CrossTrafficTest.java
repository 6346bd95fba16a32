package dev.durable.jpa;

import static dev.durable.jpa.TestHub.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.ActivityWorkItem;
import dev.durable.core.store.Commit;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Message;
import dev.durable.core.store.TaskHubStore.CommitOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nodes that write about the same instances at the same moment wait for each other, but never in a
 * circle.
 */
class CrossTrafficTest {

  private static final int INSTANCES = 12;
  private static final int ROUNDS = 25;

  private final long seed = System.nanoTime();
  private final ExecutorService threads = Executors.newFixedThreadPool(3);

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  /** Every message goes to another instance of the round. */
  private static Commit sendingAround(List<InstanceWorkItem> items, int i, int round) {
    List<Message> outbox = new ArrayList<>();
    for (int step = 1; step <= 2; step++) {
      InstanceRef target = items.get((i + step) % items.size()).lease().instance();
      String id = "r" + round + "-" + i + "-" + step;
      EventRaised event = TestHub.event(id, "1");
      outbox.add(new Message(target, id, Message.ANY_EXECUTION, event, NOW, 0));
    }
    return TestHub.sending(items.get(i), outbox);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void commitsRenewalsAndZombiesInAnyOrderDoNotDeadlock(Dialect dialect) throws Exception {
    TestHub hub = new TestHub(dialect);
    for (int i = 0; i < INSTANCES; i++) {
      hub.create("order-" + i);
    }
    hub.store.commit(hub.claim().stream().map(item -> TestHub.scheduling(item, "1")).toList());
    List<ActivityWorkItem> tasks = hub.claimTasks();
    for (int i = 0; i < INSTANCES; i++) {
      hub.raise("order-" + i, "go");
    }

    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<InstanceWorkItem> items = hub.claim();
      assertThat(items).as("seed %d", seed).hasSize(INSTANCES);
      List<Commit> commits = new ArrayList<>();
      List<Lease> leases = new ArrayList<>();
      for (int i = 0; i < INSTANCES; i++) {
        commits.add(sendingAround(items, i, round));
        leases.add(items.get(i).lease());
        leases.add(tasks.get(i).lease());
      }

      List<List<CommitOutcome>> outcomes =
          atOnce(
              () -> hub.store.commit(shuffled(commits, random)),
              () -> hub.store.commit(shuffled(commits, random)),
              () -> {
                hub.store.renew(shuffled(leases, random), NOW.plusSeconds(60));
                return List.of();
              });

      assertThat(outcomes.stream().flatMap(List::stream))
          .as("seed %d", seed)
          .hasSize(2 * INSTANCES)
          .filteredOn(CommitOutcome.COMMITTED::equals)
          .hasSize(INSTANCES);
    }
  }

  private static <T> List<T> shuffled(List<T> all, Random random) {
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
