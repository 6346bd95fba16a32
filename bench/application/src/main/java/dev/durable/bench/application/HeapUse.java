package dev.durable.bench.application;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import org.jspecify.annotations.Nullable;

/**
 * What the heap of this server has needed.
 *
 * @param oldPeak the most that has been in the part for what lives long, in megabytes
 * @param afterCollection what the last collection of each part left, in megabytes
 * @param collectionMillis how long collections have taken since the start
 */
public record HeapUse(long oldPeak, long afterCollection, long collectionMillis) {

  static HeapUse now() {
    long oldPeak = 0;
    long afterCollection = 0;
    for (MemoryPoolMXBean part : ManagementFactory.getMemoryPoolMXBeans()) {
      if (part.getType() == MemoryType.HEAP) {
        afterCollection += used(part.getCollectionUsage());
        if (part.getName().endsWith("Old Gen")) {
          oldPeak += used(part.getPeakUsage());
        }
      }
    }
    return new HeapUse(
        megabytes(oldPeak),
        megabytes(afterCollection),
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(collector -> Math.max(0, collector.getCollectionTime()))
            .sum());
  }

  private static long used(@Nullable MemoryUsage usage) {
    return usage == null ? 0 : usage.getUsed();
  }

  private static long megabytes(long bytes) {
    return bytes / (1024 * 1024);
  }
}
