package dev.durable.ejb;

import dev.durable.cluster.ScaleAdvice;
import dev.durable.core.store.NodeLoad;
import dev.durable.core.worker.InstanceCache;
import dev.durable.core.worker.LaneFigures;
import dev.durable.core.worker.ParkingEpisodeExecutor;
import java.util.Optional;

/** What can be measured about a node and its task hub at any time. */
interface NodeFigures {

  /** How busy the node is. */
  NodeLoad load();

  /** How its cache does. */
  InstanceCache.Figures cache();

  /** How its orchestrators are parked; nothing if they are not. */
  ParkingEpisodeExecutor.Figures parking();

  /** How often work has taken shorter ways. */
  LaneFigures lanes();

  /** What waits in the hub; empty if the database does not say. */
  Optional<ScaleAdvice> scale();
}
