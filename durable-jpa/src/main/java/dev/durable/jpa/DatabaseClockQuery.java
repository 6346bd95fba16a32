package dev.durable.jpa;

import jakarta.persistence.EntityManager;
import java.time.Instant;

/**
 * Asks the database what time it is. That is the time of the whole hub; a node keeps its offset to
 * it.
 */
public final class DatabaseClockQuery {

  private final EntityManager em;
  private final Dialect dialect;

  /** Asks over that entity manager; a transaction is not needed. */
  public DatabaseClockQuery(EntityManager em, Dialect dialect) {
    this.em = em;
    this.dialect = dialect;
  }

  /**
   * The time now, in milliseconds; in PostgreSQL it moves on within a transaction. Embedded Derby
   * has the clock of this JVM.
   */
  public Instant databaseTime() {
    if (dialect == Dialect.DERBY) {
      return Instant.ofEpochMilli(System.currentTimeMillis());
    }
    Object millis =
        em.createNativeQuery(
                "SELECT CAST(FLOOR(EXTRACT(EPOCH FROM CLOCK_TIMESTAMP()) * 1000) AS BIGINT)")
            .getSingleResult();
    return Instant.ofEpochMilli(((Number) millis).longValue());
  }
}
