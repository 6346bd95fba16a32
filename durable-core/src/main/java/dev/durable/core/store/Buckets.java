package dev.durable.core.store;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The fixed number of parts into which ids of instances are spread. A partition is a range of them,
 * so the number of partitions can be changed without touching an instance.
 */
public final class Buckets {

  /** How many there are; never changed, since rows keep theirs. */
  public static final int COUNT = 1024;

  private Buckets() {}

  /**
   * The bucket of an id, 0 to {@value #COUNT} - 1: its CRC-32 over UTF-8, the lowest bits. The same
   * in every release.
   */
  public static int of(String instanceId) {
    CRC32 crc = new CRC32();
    crc.update(instanceId.getBytes(StandardCharsets.UTF_8));
    return (int) (crc.getValue() % COUNT);
  }

  /**
   * The buckets of a partition.
   *
   * @param partition 0 to {@code partitions} - 1
   * @param partitions how many there are, 1 to {@value #COUNT}
   */
  public static Range ofPartition(int partition, int partitions) {
    return new Range(partition * COUNT / partitions, (partition + 1) * COUNT / partitions - 1);
  }

  /** Neighbouring buckets, both ends included. */
  public record Range(int first, int last) {

    /** Whether it is among them. */
    public boolean contains(int bucket) {
      return first <= bucket && bucket <= last;
    }
  }
}
