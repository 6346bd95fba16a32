package dev.durable.jpa;

import dev.durable.InstanceFilter;
import dev.durable.RuntimeStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A condition on instances {@code i}, with positional parameters: once as JPQL, and once as the
 * same in SQL, for what JPQL cannot say of locks.
 */
final class FilterText {

  private static final Pattern ATTRIBUTE = Pattern.compile("\\b([it])\\.([a-zA-Z]+)");

  /**
   * The equation finds the index; to Derby it is the same whether blanks follow, to LIKE it is not.
   */
  private static final String TAGGED =
      """
      i.instanceKey IN (SELECT t.instanceKey FROM TagRow t
        WHERE t.name = ? AND t.value = ? AND t.value LIKE ? ESCAPE '!')""";

  private final StringBuilder jpql = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();

  private FilterText() {}

  /** Those of the hub that the filter means, entities left out; empty if there can be none. */
  static Optional<FilterText> of(Hub hub, InstanceFilter filter) {
    if (!mayExist(filter.instanceIdPrefix())
        || !mayExist(filter.parentInstanceId())
        || !mayExist(filter.name())
        || !mayExist(filter.version())) {
      return Optional.empty();
    }
    if (!filter.equals(InstanceFilter.all())) {
      hub.dialect().rowLocks().planWithParameters(hub);
    }
    FilterText text = new FilterText().and("i.taskHub = ?", hub.name()).and("i.kind = 0");
    if (filter.instanceIdPrefix() != null) {
      text.and("i.instanceId LIKE ? ESCAPE '!'", literal(filter.instanceIdPrefix()) + "%");
    }
    if (filter.createdFrom() != null) {
      text.and("i.createdAt >= ?", millis(filter.createdFrom()));
    }
    if (filter.createdTo() != null) {
      text.and("i.createdAt < ?", millis(filter.createdTo()));
    }
    if (filter.name() != null) {
      text.and("i.name = ?", filter.name());
    }
    if ("".equals(filter.version())) {
      text.and("i.orchestratorVersion IS NULL");
    } else if (filter.version() != null) {
      text.and("i.orchestratorVersion = ?", filter.version());
    }
    if (filter.parentInstanceId() != null) {
      text.and("i.parentInstanceId = ?", filter.parentInstanceId());
    }
    filter.tags().forEach((name, value) -> text.and(TAGGED, name, value, literal(value)));
    return Optional.of(filter.statuses().isEmpty() ? text : text.andStatusIn(filter.statuses()));
  }

  /** As a pattern that only this text fits. */
  private static String literal(String text) {
    return text.replaceAll("([!%_])", "!$1");
  }

  private static boolean mayExist(@Nullable String text) {
    return text == null || StatusQueries.mayExist(text);
  }

  FilterText andStatusIn(Collection<RuntimeStatus> statuses) {
    return and(
        "i.status IN (" + String.join(", ", statuses.stream().map(status -> "?").toList()) + ")",
        statuses.stream().map(RuntimeStatus::name).toArray());
  }

  /** Adds a condition in JPQL, with a question mark for each value. */
  FilterText and(String condition, Object... values) {
    jpql.append(jpql.isEmpty() ? "" : " AND ");
    for (int from = 0, next = 0; from < condition.length(); from++) {
      char c = condition.charAt(from);
      jpql.append(c);
      if (c == '?') {
        parameters.add(values[next++]);
        jpql.append(parameters.size());
      }
    }
    return this;
  }

  List<Object> parameters() {
    return parameters;
  }

  String jpql() {
    return jpql.toString();
  }

  String sql() {
    return ATTRIBUTE
        .matcher(jpql)
        .replaceAll(found -> found.group(1) + "." + column(found.group(2)))
        .replace("TagRow", "DURABLE_TAG");
  }

  private static String column(String attribute) {
    return attribute.equals("value")
        ? "VALUE_"
        : attribute.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
  }

  /** Times far outside of what a row can hold are as good as the outermost ones. */
  static long millis(Instant time) {
    if (time.isAfter(Instant.ofEpochMilli(Long.MAX_VALUE))) {
      return Long.MAX_VALUE;
    }
    return time.isBefore(Instant.ofEpochMilli(Long.MIN_VALUE))
        ? Long.MIN_VALUE
        : time.toEpochMilli();
  }
}
