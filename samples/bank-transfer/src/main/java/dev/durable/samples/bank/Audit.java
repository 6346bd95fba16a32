package dev.durable.samples.bank;

import java.util.List;

/**
 * All accounts at one moment at which no transfer was under way; the output of {@code audit}.
 *
 * @param cents the sum
 * @param statements one for each account
 */
public record Audit(long cents, List<Statement> statements) {

  static Audit of(List<Statement> statements) {
    return new Audit(statements.stream().mapToLong(Statement::cents).sum(), statements);
  }
}
