package dev.durable.jpa;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The databases that can hold a task hub. */
public enum Dialect {
  /**
   * Apache Derby, embedded: one node. It has no way to pass over locked rows, so readers wait for
   * writers.
   */
  DERBY(
      "Apache Derby",
      "derby",
      new DerbyClaims(),
      new DerbyRowLocks(),
      new DerbyWriting(),
      new DerbySending(),
      1),

  /** PostgreSQL 12 and later. */
  POSTGRESQL(
      "PostgreSQL",
      "postgresql",
      new PostgresqlClaims(),
      new PostgresqlRowLocks(),
      new PostgresqlWriting(),
      new PostgresqlSending(),
      500);

  private final String productName;
  private final String scriptName;
  private final Claims claims;
  private final RowLocks rowLocks;
  private final Writing writing;
  private final Sending sending;
  private final int keysPerRead;

  Dialect(
      String productName,
      String scriptName,
      Claims claims,
      RowLocks rowLocks,
      Writing writing,
      Sending sending,
      int keysPerRead) {
    this.productName = productName;
    this.scriptName = scriptName;
    this.claims = claims;
    this.rowLocks = rowLocks;
    this.writing = writing;
    this.sending = sending;
    this.keysPerRead = keysPerRead;
  }

  /**
   * The dialect of a data source, asked over a connection of its own.
   *
   * @throws IllegalArgumentException if the database is not a supported one; the message names
   *     those that are
   */
  public static Dialect of(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return of(connection.getMetaData());
    }
  }

  /**
   * The dialect of a database.
   *
   * @throws IllegalArgumentException if it is not a supported one; the message names those that are
   */
  public static Dialect of(DatabaseMetaData database) throws SQLException {
    String product = database.getDatabaseProductName();
    for (Dialect dialect : values()) {
      if (dialect.productName.equals(product)) {
        return dialect;
      }
    }
    throw new IllegalArgumentException(
        "The database is "
            + product
            + " "
            + database.getDatabaseProductVersion()
            + "; supported are "
            + DERBY.productName
            + " and "
            + POSTGRESQL.productName
            + ".");
  }

  /** The script that makes a schema version, as a resource. */
  String script(int version) {
    return "/META-INF/durable/schema-" + version + "-" + scriptName + ".sql";
  }

  Claims claims() {
    return claims;
  }

  RowLocks rowLocks() {
    return rowLocks;
  }

  Writing writing() {
    return writing;
  }

  Sending sending() {
    return sending;
  }

  /**
   * How many keys one select may name. Embedded Derby has no round trips to save, and with more
   * than one key it may scan a small table and so wait for whatever row of it is locked.
   */
  int keysPerRead() {
    return keysPerRead;
  }
}
