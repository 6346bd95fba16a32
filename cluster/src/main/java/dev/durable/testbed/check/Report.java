package dev.durable.testbed.check;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a run of the checks found.
 *
 * @param checks how many were run
 * @param instances how many the database holds, so that an empty one is noticed
 * @param events how many the histories hold
 * @param millis how long it took
 */
public record Report(
    int checks, long instances, long events, long millis, List<Violation> violations) {

  /** Whether all is as it must be. */
  public boolean isGood() {
    return violations.isEmpty();
  }

  /** One line of JSON. */
  public String summary() {
    return "{\"checks\":%d,\"broken\":[%s],\"rows\":%d,\"instances\":%d,\"events\":%d,\"millis\":%d}"
        .formatted(
            checks,
            violations.stream()
                .map(violation -> '"' + violation.check().id() + '"')
                .collect(Collectors.joining(",")),
            violations.stream().mapToLong(Violation::rows).sum(),
            instances,
            events,
            millis);
  }

  /** What is broken, for a reader; empty if nothing is. */
  public String details() {
    return violations.stream().map(Violation::text).collect(Collectors.joining("\n"));
  }
}
