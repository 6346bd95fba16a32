package dev.durable;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, newest instance first. Paging is by key: instances created meanwhile neither
 * shift nor repeat others.
 *
 * @param instances the page
 * @param continuationToken for {@link InstanceQuery#after}; null if this was the last page
 */
public record InstancePage(
    List<OrchestrationStatus> instances, @Nullable String continuationToken) {

  /** Copies the list. */
  public InstancePage {
    instances = List.copyOf(instances);
  }
}
