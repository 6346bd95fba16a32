package dev.durable.jpa;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one call writes, collected and sent at once: updates and deletes in the order in which they
 * were given, those of one kind that follow each other together; then inserts, those into one table
 * in their order.
 */
final class Batch {

  /** As databases say that a transaction should be tried again. */
  private static final String LOST_RACE = "40001";

  /** Rows of one kind. */
  record Part(Write write, List<Object[]> rows) {}

  private final Hub hub;
  private final List<Part> changes = new ArrayList<>();
  private final Map<NewRows, List<Object[]>> inserts = new EnumMap<>(NewRows.class);

  Batch(Hub hub) {
    this.hub = hub;
  }

  void change(Write write, @Nullable Object... row) {
    Part last = changes.isEmpty() ? null : changes.get(changes.size() - 1);
    if (last == null || last.write() != write) {
      last = new Part(write, new ArrayList<>());
      changes.add(last);
    }
    last.rows().add(row);
  }

  void insert(NewRows table, @Nullable Object... row) {
    inserts.computeIfAbsent(table, t -> new ArrayList<>()).add(row);
  }

  /** Writes all of it; rows of fenced kinds are locked already, or are as they are for sure. */
  void execute() {
    List<Part> parts = parts();
    if (!parts.isEmpty()) {
      Jdbc.run(
          hub,
          connection -> {
            hub.dialect().writing().write(connection, parts);
            return parts;
          });
    }
  }

  /**
   * As {@link #execute}, for instances whose ids were not there a moment ago: if one was taken
   * since, that is a lost race, after which the transaction is to be tried again.
   */
  void executeUnlessRaceIsLost() {
    try {
      execute();
    } catch (PersistenceException e) {
      if (e.getCause() instanceof SQLException violation && Writing.isViolation(violation)) {
        SQLException lost =
            new SQLException("An id was taken at the same moment.", LOST_RACE, violation);
        throw new PersistenceException(lost.getMessage(), lost);
      }
      throw e;
    }
  }

  /**
   * Writes all of it if each row of a fenced kind changes one and no constraint is violated;
   * otherwise nothing. Only where the hub {@link Hub#canFence can}.
   *
   * @return whether it is written
   */
  boolean executeIfFencesHold() {
    List<Part> parts = parts();
    return Jdbc.run(hub, connection -> hub.dialect().writing().writeFenced(connection, parts));
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>(changes);
    inserts.forEach((table, rows) -> parts.add(new Part(table.write(), rows)));
    return parts;
  }
}
