package dev.durable.bench;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What the engines run on; made for the occasion and empty. */
interface MeasuredDatabase extends AutoCloseable {

  /** Product and version. */
  String version();

  /** What says how durable its commits are. */
  Map<String, String> settings();

  /** What makes our server use it. */
  Map<String, String> environment();

  /**
   * Its own count, complete up to this call if nobody has used it for {@link #settling}. Empty if
   * it has none.
   *
   * @param database the one whose transactions and statements count
   */
  Optional<DatabaseCounts> counts(String database);

  /** How long its count may lag behind; zero if it has none. */
  Duration settling();

  /** What its processes have used of the processors; empty if it has none of its own. */
  Optional<Duration> processorTime();

  @Override
  void close();
}
