package dev.durable.rest;

import dev.durable.InstanceFilter;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which instances a query means. */
final class Filters {

  private static final String ALL = "all";
  private static final List<String> OF_A_PURGE =
      List.of(
          "runtimeStatus",
          "instanceIdPrefix",
          "createdTimeFrom",
          "createdTimeTo",
          "name",
          "version",
          "parentInstanceId",
          Tags.PARAMETER,
          ALL);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]{1,200}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:@-]{1,200}");

  private Filters() {}

  static InstanceFilter of(Query query) {
    return new InstanceFilter(
        query.statuses("runtimeStatus"),
        query.text("instanceIdPrefix").orElse(null),
        query.instant("createdTimeFrom").orElse(null),
        query.instant("createdTimeTo").orElse(null),
        query.matching("name", NAME, "1 to 200 characters of A-Z a-z 0-9 _ . : -").orElse(null),
        Versions.toFind(query).orElse(null),
        query
            .matching("parentInstanceId", ID, "1 to 200 characters of A-Z a-z 0-9 _ . : @ -")
            .orElse(null),
        Tags.of(query));
  }

  /**
   * The same for instances that are to be deleted. A parameter that is misspelled, empty or given
   * twice would mean more instances, or others, than its sender thinks; so each is refused here,
   * and so is a filter that means everything without saying so.
   */
  static InstanceFilter toPurge(Query query) {
    query.refuseOthers(OF_A_PURGE, Set.of(Tags.PARAMETER));
    boolean all = query.flag(ALL, false);
    InstanceFilter filter = of(query);
    boolean empty = filter.equals(InstanceFilter.all());
    if (empty && !all) {
      throw Refusal.emptyFilter();
    }
    if (all && !empty) {
      throw Refusal.parameter(ALL, "true", "a filter, or all=true, but not both");
    }
    return filter;
  }
}
