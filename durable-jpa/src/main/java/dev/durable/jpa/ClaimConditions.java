package dev.durable.jpa;

import dev.durable.core.store.ActivityClaim.Names;
import dev.durable.core.store.Affinity;
import dev.durable.core.store.Buckets;
import dev.durable.core.store.FunctionKey;
import dev.durable.core.store.InstanceClaim;
import dev.durable.core.store.InstanceKind;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a claim asks for beyond what is due, as SQL that begins with {@code AND}. What is not asked
 * for is not in the text, so that the claims of a node that can do everything cost nothing more.
 */
final class ClaimConditions {

  /** How a database asks whether a value is one of many. */
  interface Membership {

    /**
     * As a condition.
     *
     * @param type of the values in SQL
     */
    String in(SqlText sql, String expression, String type, Collection<?> values);
  }

  /** No name contains the sign between them. */
  private static final String CODE =
      "COALESCE(%1$s.NAME || '@' || %1$s.ORCHESTRATOR_VERSION, %1$s.NAME)";

  private final SqlText sql;
  private final Membership membership;

  ClaimConditions(SqlText sql, Membership membership) {
    this.sql = sql;
    this.membership = membership;
  }

  /**
   * About an instance of that kind and its message.
   *
   * @param instance the alias of its row
   * @param message the alias of the message's row
   */
  String of(InstanceClaim claim, InstanceKind kind, String instance, String message) {
    return excluding(claim.excluded(), kind, instance)
        + preferring(claim.affinity(), instance, message);
  }

  private String excluding(Collection<FunctionKey> excluded, InstanceKind kind, String instance) {
    List<String> codes =
        excluded.stream()
            .filter(code -> code.kind() == kind)
            .map(code -> code.version() == null ? code.name() : code.name() + "@" + code.version())
            .toList();
    return codes.isEmpty()
        ? ""
        : " AND NOT (" + membership.in(sql, CODE.formatted(instance), "VARCHAR", codes) + ")";
  }

  private String preferring(Affinity affinity, String instance, String message) {
    if (affinity.isNone()) {
      return "";
    }
    List<Integer> own = affinity.own().stream().flatMapToInt(ClaimConditions::all).boxed().toList();
    String waited =
        message + ".VISIBLE_AT <= " + sql.bind(affinity.othersVisibleUntil().toEpochMilli());
    return own.isEmpty()
        ? " AND " + waited
        : " AND ("
            + waited
            + " OR "
            + membership.in(sql, instance + ".BUCKET", "SMALLINT", own)
            + ")";
  }

  private static IntStream all(Buckets.Range range) {
    return IntStream.rangeClosed(range.first(), range.last());
  }

  /** About the name of an activity. */
  String of(Names names) {
    if (names instanceof Names.Only only) {
      return " AND NAME = " + sql.bind(only.name());
    }
    Collection<String> others = ((Names.AllExcept) names).names();
    return others.isEmpty()
        ? ""
        : " AND NOT (" + membership.in(sql, "NAME", "VARCHAR", others) + ")";
  }
}
