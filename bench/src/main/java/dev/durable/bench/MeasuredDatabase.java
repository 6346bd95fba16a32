package dev.durable.bench;

import java.util.Map;
import java.util.Optional;

/** What the engine runs on; made for the occasion and empty. */
interface MeasuredDatabase extends AutoCloseable {

  /**
   * What a database knows of its transactions.
   *
   * @param committed how many have been committed, those that wrote nothing included
   * @param writing how many have written something, whether or not they were committed
   */
  record Counts(long committed, long writing) {}

  /** Product and version. */
  String version();

  /** What says how durable its commits are. */
  Map<String, String> settings();

  /** What makes the server use it. */
  Map<String, String> environment();

  /**
   * Its own count, complete up to this call if nothing but the engine's polling went on for {@link
   * #settlingMillis}. Empty if it has none.
   */
  Optional<Counts> counts();

  /** How long its count may lag behind. */
  long settlingMillis();

  @Override
  void close();
}
