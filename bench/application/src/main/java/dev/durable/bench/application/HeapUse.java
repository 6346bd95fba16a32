package dev.durable.bench.application;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the heap of this server has needed, in megabytes.
 *
 * @param peak the most of each of its parts since the start, garbage included
 * @param afterCollection what the last collection of each part left
 * @param collectionMillis how long collections have taken since the start
 */
public record HeapUse(long peak, long afterCollection, long collectionMillis) {

  static HeapUse now() {
    List<MemoryPoolMXBean> parts =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(part -> part.getType() == MemoryType.HEAP)
            .toList();
    return new HeapUse(
        megabytes(parts.stream().mapToLong(part -> part.getPeakUsage().getUsed()).sum()),
        megabytes(parts.stream().mapToLong(part -> used(part.getCollectionUsage())).sum()),
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
