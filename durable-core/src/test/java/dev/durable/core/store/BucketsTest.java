package dev.durable.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BucketsTest {

  @Test
  void partitionsOfEveryNumberTileTheBuckets() {
    for (int partitions = 1; partitions <= Buckets.COUNT; partitions++) {
      int next = 0;
      for (int partition = 0; partition < partitions; partition++) {
        Buckets.Range range = Buckets.ofPartition(partition, partitions);
        assertThat(range.first()).as("%d of %d", partition, partitions).isEqualTo(next);
        assertThat(range.last()).isGreaterThanOrEqualTo(range.first());
        next = range.last() + 1;
      }
      assertThat(next).as("of %d", partitions).isEqualTo(Buckets.COUNT);
    }
  }

  @Test
  void partitionsOfOneNumberDifferByOneBucketAtMost() {
    for (int partitions = 1; partitions <= Buckets.COUNT; partitions++) {
      int least = Buckets.COUNT / partitions;
      for (int partition = 0; partition < partitions; partition++) {
        Buckets.Range range = Buckets.ofPartition(partition, partitions);
        assertThat(range.last() - range.first() + 1).isBetween(least, least + 1);
      }
    }
  }

  @Test
  void aRangeContainsItsEndsAndNothingBeyond() {
    Buckets.Range range = new Buckets.Range(5, 7);

    assertThat(range.contains(4)).isFalse();
    assertThat(range.contains(5)).isTrue();
    assertThat(range.contains(7)).isTrue();
    assertThat(range.contains(8)).isFalse();
  }

  @Test
  void theBucketOfAnIdNeverChanges() {
    Map.of(
            "", 0,
            "order-1", 1007,
            "@counter@a", 717,
            "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", 781,
            "\u00e4\u20ac\ud83d\ude80", 757)
        .forEach((id, bucket) -> assertThat(Buckets.of(id)).as(id).isEqualTo(bucket));
  }

  @Test
  void idsAreSpreadEvenly() {
    int[] sizes = new int[Buckets.COUNT];
    for (int i = 0; i < 100 * Buckets.COUNT; i++) {
      sizes[Buckets.of("order-" + i)]++;
    }

    for (int size : sizes) {
      assertThat(size).isBetween(50, 150);
    }
  }
}
