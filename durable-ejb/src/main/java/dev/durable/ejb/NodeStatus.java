package dev.durable.ejb;

import dev.durable.TaskHubStatus;
import dev.durable.core.worker.Node;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What health checks see of the node; kept up to date by those who know. */
@ApplicationScoped
class NodeStatus implements TaskHubStatus {

  private record Poll(Instant at, long nanos) {}

  private record Running(String node, HubSettings settings, int schemaVersion, Node engine) {}

  private final StoreHealth store = new StoreHealth(System::nanoTime);
  private volatile @Nullable Running running;
  private volatile @Nullable Poll lastPoll;
  private volatile boolean stopping;

  /** Where the store tells how it is doing. */
  StoreHealth store() {
    return store;
  }

  void running(HubSettings settings, int schemaVersion, Node engine) {
    running = new Running(engine.name(), settings, schemaVersion, engine);
  }

  void pollBegan() {
    lastPoll = new Poll(Instant.now(), System.nanoTime());
  }

  void stopBegan() {
    stopping = true;
  }

  @Override
  public boolean started() {
    return running != null;
  }

  @Override
  public Instant lastPollAt() {
    Poll last = lastPoll;
    return last == null ? Instant.EPOCH : last.at();
  }

  @Override
  public Duration sinceLastPoll() {
    Poll last = lastPoll;
    return last == null
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, System.nanoTime() - last.nanos()));
  }

  @Override
  public Duration pollingInterval() {
    Running now = running;
    return now == null ? Duration.ofSeconds(1) : now.settings().maxPollingInterval();
  }

  @Override
  public boolean storeReachable() {
    return store.isReachable();
  }

  @Override
  public Optional<String> problem() {
    if (running == null) {
      return Optional.of("The engine has not started; the server's log says why if it takes long.");
    }
    return storeReachable()
        ? Optional.empty()
        : Optional.of("The database does not answer or refuses; work waits until it does.");
  }

  @Override
  public String node() {
    Running now = running;
    return now == null ? "" : now.node();
  }

  @Override
  public String taskHub() {
    Running now = running;
    return now == null ? "" : now.settings().taskHub();
  }

  @Override
  public int schemaVersion() {
    Running now = running;
    return now == null ? 0 : now.schemaVersion();
  }

  @Override
  public int activeLeases() {
    Running now = running;
    return now == null ? 0 : now.engine().activeLeases();
  }

  @Override
  public boolean draining() {
    Running now = running;
    return stopping || (now != null && now.engine().isDraining());
  }
}
