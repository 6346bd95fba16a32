package dev.durable.ejb;

import dev.durable.cluster.DurableCluster;
import dev.durable.cluster.NodeInfo;
import dev.durable.cluster.PartitionInfo;
import dev.durable.cluster.ScaleAdvice;
import dev.durable.cluster.WatchdogReport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.util.List;

/** What {@code @Inject DurableCluster} gives, as {@link ContainerClient} does. */
@ApplicationScoped
@Typed(DurableCluster.class)
class ContainerCluster implements DurableCluster {

  private final TaskHubStartup startup;

  @Inject
  ContainerCluster(TaskHubStartup startup) {
    this.startup = startup;
  }

  @Override
  public List<NodeInfo> nodes() {
    return startup.cluster().nodes();
  }

  @Override
  public void drain(String node) {
    startup.cluster().drain(node);
  }

  @Override
  public void resume(String node) {
    startup.cluster().resume(node);
  }

  @Override
  public List<PartitionInfo> partitions() {
    return startup.cluster().partitions();
  }

  @Override
  public ScaleAdvice scale() {
    return startup.cluster().scale();
  }

  @Override
  public WatchdogReport watchdog() {
    return startup.cluster().watchdog();
  }
}
