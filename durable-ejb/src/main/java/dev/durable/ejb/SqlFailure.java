package dev.durable.ejb;

import java.sql.SQLException;
import java.util.Set;

/** What the state of an {@link SQLException} says about trying again. */
final class SqlFailure {

  /**
   * Serialization failure, deadlock (PostgreSQL), deadlock or lock time-out (Derby), lock not
   * available.
   */
  private static final Set<String> LOST_RACES = Set.of("40001", "40P01", "40XL1", "40XL2", "55P03");

  /** Unique key: somebody else has inserted it meanwhile, which the next try sees by reading. */
  private static final String DUPLICATE_KEY = "23505";

  /**
   * A statement failed before in the same transaction, so the database refuses all others
   * (PostgreSQL).
   */
  private static final String ABORTED = "25P02";

  /**
   * Connections that failed, or were ended by the database because it stops or starts; too many
   * connections (PostgreSQL's manual, appendix A).
   */
  private static final Set<String> OUTAGES =
      Set.of(
          "08000", "08001", "08003", "08004", "08006", "08007", "57P01", "57P02", "57P03", "53300");

  private static final int MAX_DEPTH = 20;

  private SqlFailure() {}

  /** Whether it, or what is behind it, is a lost race for locks. */
  static boolean isLostRace(Throwable thrown) {
    return hasState(thrown, LOST_RACES);
  }

  /** Whether it, or what is behind it, is a database that is not there. */
  static boolean isOutage(Throwable thrown) {
    return hasState(thrown, OUTAGES);
  }

  /** Whether it, or what is behind it, is a key that exists already. */
  static boolean isDuplicateKey(Throwable thrown) {
    return hasState(thrown, Set.of(DUPLICATE_KEY));
  }

  /** Whether it, or what is behind it, is the consequence of a statement that failed before. */
  static boolean isConsequence(Throwable thrown) {
    return hasState(thrown, Set.of(ABORTED));
  }

  private static boolean hasState(Throwable thrown, Set<String> states) {
    Throwable current = thrown;
    for (int depth = 0; current != null && depth < MAX_DEPTH; depth++) {
      if (current instanceof SQLException sql && hasState(sql, states)) {
        return true;
      }
      current = current.getCause();
    }
    return false;
  }

  /** Of a batch, the first exception may only say that the batch failed. */
  private static boolean hasState(SQLException sql, Set<String> states) {
    SQLException current = sql;
    for (int depth = 0; current != null && depth < MAX_DEPTH; depth++) {
      if (current.getSQLState() != null && states.contains(current.getSQLState())) {
        return true;
      }
      current = current.getNextException();
    }
    return false;
  }
}
