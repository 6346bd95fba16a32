package dev.durable.bench;

/**
 * What PostgreSQL knows of what it did.
 *
 * @param committed transactions of one database, those that wrote nothing included
 * @param writing transactions of the server that have written or locked something, whether or not
 *     they were committed
 * @param statements of one database, without those that begin and end transactions
 * @param walBytes of the server
 * @param walSyncs how often the server waited until its log was on the disk
 */
record DatabaseCounts(long committed, long writing, long statements, long walBytes, long walSyncs) {

  /** What has been added since an earlier count. */
  DatabaseCounts since(DatabaseCounts earlier) {
    return new DatabaseCounts(
        committed - earlier.committed,
        writing - earlier.writing,
        statements - earlier.statements,
        walBytes - earlier.walBytes,
        walSyncs - earlier.walSyncs);
  }
}
