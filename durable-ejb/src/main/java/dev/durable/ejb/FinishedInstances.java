package dev.durable.ejb;

import dev.durable.RuntimeStatus;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.hub.FinishSignal;
import dev.durable.core.worker.TaskHubListener;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Wakes clients whose instance has finished on this node, and tells them its result.
 *
 * <p>A client looks at the status first and then waits here; an instance may finish in between. So
 * the last finished ids are remembered, and whoever comes to wait for one of them is sent back at
 * once to look again, one client per finish. The others look again by themselves after a while.
 *
 * <p>What was started here a short while ago has probably not finished, unless that was said here:
 * a client that waits for it need not look first. Results are told only to those who waited when
 * they came, and so never that of a former life of an id.
 */
final class FinishedInstances implements FinishSignal, TaskHubListener {

  private static final int REMEMBERED = 1_000;
  private static final Duration SHORT_WHILE = Duration.ofSeconds(1);

  private static final class Waiters {
    final CountDownLatch finished = new CountDownLatch(1);
    int count;
    volatile @Nullable Completed completed;
  }

  // Not a monitor: clients may wait on virtual threads, which a monitor would hold to their
  // carriers on Java 21 to 23.
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Waiters> waiting = new HashMap<>();
  private final Set<String> recent = new LinkedHashSet<>();

  /** With the time at which they were started. */
  private final Map<String, Long> underWay = new LinkedHashMap<>();

  @Override
  public Optional<Completed> await(String instanceId, Duration atMost) throws InterruptedException {
    Waiters waiters = join(instanceId);
    if (waiters == null) {
      return Optional.empty();
    }
    try {
      waiters.finished.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
      return Optional.ofNullable(waiters.completed);
    } finally {
      leave(instanceId, waiters);
    }
  }

  private @Nullable Waiters join(String instanceId) {
    lock.lock();
    try {
      if (recent.remove(instanceId)) {
        return null;
      }
      Waiters waiters = waiting.computeIfAbsent(instanceId, id -> new Waiters());
      waiters.count++;
      return waiters;
    } finally {
      lock.unlock();
    }
  }

  private void leave(String instanceId, Waiters waiters) {
    lock.lock();
    try {
      waiters.count--;
      if (waiters.count == 0) {
        waiting.remove(instanceId, waiters);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void started(String instanceId) {
    lock.lock();
    try {
      recent.remove(instanceId);
      if (underWay.size() == REMEMBERED) {
        underWay.remove(underWay.keySet().iterator().next());
      }
      underWay.put(instanceId, System.nanoTime());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void notStarted(String instanceId) {
    lock.lock();
    try {
      underWay.remove(instanceId);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isUnderWay(String instanceId) {
    lock.lock();
    try {
      Long since = underWay.get(instanceId);
      return since != null && System.nanoTime() - since < SHORT_WHILE.toNanos();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void instanceCompleted(InstanceRef instance, String name, @Nullable String output) {
    lock.lock();
    try {
      Waiters waiters = waiting.get(instance.id());
      if (waiters != null) {
        waiters.completed = new Completed(name, output);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void instanceFinished(InstanceRef instance, String name, RuntimeStatus status) {
    lock.lock();
    try {
      underWay.remove(instance.id());
      Waiters waiters = waiting.remove(instance.id());
      if (waiters != null) {
        waiters.finished.countDown();
        return;
      }
      if (recent.size() == REMEMBERED) {
        recent.remove(recent.iterator().next());
      }
      recent.add(instance.id());
    } finally {
      lock.unlock();
    }
  }

  /** How many ids are waited for. */
  int waitedFor() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }
}
