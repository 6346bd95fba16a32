package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.RuntimeStatus;
import dev.durable.StartPolicy;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.Payloads;
import dev.durable.core.store.InMemoryTaskHub;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.TaskHubStore;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.spi.JsonProvider;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A node that is stopped while an episode is with the server's executor. */
class TaskHubStopTest {

  private final InMemoryTaskHub memory = new InMemoryTaskHub();
  private final BlockingQueue<Runnable> userCode = new LinkedBlockingQueue<>();
  private final NodeStatus status = new NodeStatus();

  private static <T> T fake(Class<T> type, InvocationHandler calls) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
  }

  private NodeThreads threads() {
    ScheduledFuture<?> schedule = fake(ScheduledFuture.class, (proxy, method, arguments) -> true);
    return new NodeThreads(
        fake(
            ManagedExecutorService.class,
            (proxy, method, arguments) -> {
              userCode.add((Runnable) arguments[0]);
              return null;
            }),
        fake(ManagedScheduledExecutorService.class, (proxy, method, arguments) -> schedule),
        daemons(),
        daemons());
  }

  private static ManagedThreadFactory daemons() {
    return fake(
        ManagedThreadFactory.class,
        (proxy, method, arguments) -> {
          Thread thread = new Thread((Runnable) arguments[0], "node");
          thread.setDaemon(true);
          return thread;
        });
  }

  private TaskHub hub(String stopTimeout) {
    TaskHubStore store = memory.open();
    FakeTransactions transactions = new FakeTransactions();
    DeployedFunctions none =
        new DeployedFunctions(
            List.of(),
            List.of(),
            fake(BeanManager.class, (proxy, m, arguments) -> null),
            new RequestScope());
    Payloads payloads =
        new Payloads(
            new JsonbConverter(
                JsonbBuilder.create(), new EntityStates(List.of()), JsonProvider.provider()),
            1_000);
    return new TaskHub(
        new TaskHub.Parts(
            "node-1",
            HubSettings.read(MapConfig.of("durable.stop-timeout", stopTimeout), "host", 2),
            CallDefaults.none(),
            Map.of(),
            1,
            none,
            payloads,
            payloads,
            new DatabaseClock(Instant::now, System::nanoTime),
            store,
            store,
            new OwnTransaction(transactions, call -> {}),
            transactions,
            threads(),
            status,
            new NodeMetrics() {}),
        new TaskHubLog(System.getLogger("test")));
  }

  /** Starts it over one instance, whose episode waits for a thread. */
  private Runnable claimed(TaskHub hub) throws InterruptedException {
    Instant past = Instant.now().minusSeconds(1);
    memory
        .open()
        .create(
            new NewInstance("order-1", "e1", "vanished", null, past, past, null),
            StartPolicy.REJECT);
    hub.start();
    @Nullable Runnable episode = userCode.poll(30, TimeUnit.SECONDS);
    assertThat(episode).isNotNull();
    assertThat(status.activeLeases()).isEqualTo(1);
    return episode;
  }

  private InMemoryTaskHub.Contents instance() {
    return memory.contents().get(0);
  }

  @Test
  void whatHasNotEndedInTimeIsGivenBack() throws InterruptedException {
    TaskHub hub = hub("0s");
    claimed(hub);
    assertThat(instance().leaseOwner()).isEqualTo("node-1");
    hub.stop();

    assertThat(instance().leaseOwner()).isNull();
    assertThat(instance().leaseExpiresAt()).isBeforeOrEqualTo(Instant.now());
    assertThat(status.activeLeases()).isZero();
  }

  @Test
  void whatEndsInTimeIsCommitted() throws Exception {
    TaskHub hub = hub("20s");
    Runnable episode = claimed(hub);
    CompletableFuture<Void> stopped = CompletableFuture.runAsync(hub::stop);
    while (!status.draining()) {
      Thread.onSpinWait();
    }
    episode.run();
    stopped.get(30, TimeUnit.SECONDS);

    assertThat(instance().status().runtimeStatus()).isEqualTo(RuntimeStatus.FAILED);
    assertThat(status.activeLeases()).isZero();
  }
}
