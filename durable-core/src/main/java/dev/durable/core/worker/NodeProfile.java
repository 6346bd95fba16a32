package dev.durable.core.worker;

import dev.durable.core.spi.Versions;
import java.time.Duration;

/**
 * What a node is among others.
 *
 * @param engineVersion the release that it runs, at most 50 characters
 * @param versions which code may run an instance that began with another version
 * @param affinityGrace how long a message to an instance that another node prefers is left to that
 *     node: twice the polling interval is a good choice, and 1 s at least
 */
public record NodeProfile(String engineVersion, Versions versions, Duration affinityGrace) {

  /** That of a node that is not told what it is. */
  public static final NodeProfile UNNAMED =
      new NodeProfile("unknown", Versions.standard(), Duration.ofSeconds(2));
}
