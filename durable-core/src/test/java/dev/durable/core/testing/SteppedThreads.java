package dev.durable.core.testing;

import dev.durable.core.worker.OrchestratorThreads;
import dev.durable.core.worker.Relay;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Threads on which orchestrators may be parked, one of which runs at a time, and only while the
 * test waits for it: a step goes on with one until it is parked or ends. So what happens follows
 * from the order of the steps alone, as on one thread.
 */
public final class SteppedThreads implements OrchestratorThreads, AutoCloseable {

  /** So that a case costs no new threads. */
  private static final ExecutorService POOL =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "stepped");
            thread.setDaemon(true);
            return thread;
          });

  private static final ThreadLocal<@Nullable Strand> CURRENT = new ThreadLocal<>();

  private final Executor starts;
  private final Executor openings;
  private final Executor lending;
  private final boolean mayBeHeld;
  private final List<Strand> parked = new ArrayList<>();
  private boolean closed;
  private long lent;

  /** Each start and each going on is a step that is given to that. */
  public SteppedThreads(Executor steps) {
    this(steps, steps, steps, true);
  }

  /**
   * Of steps of two kinds.
   *
   * @param openings takes all steps, and throws nothing
   * @param lending where what orchestrators call is executed
   * @param mayBeHeld whether there are as many threads as are needed
   */
  public SteppedThreads(Executor starts, Executor openings, Executor lending, boolean mayBeHeld) {
    this.starts = starts;
    this.openings = openings;
    this.lending = lending;
    this.mayBeHeld = mayBeHeld;
  }

  /** How many threads are parked. */
  public int parked() {
    return parked.size();
  }

  /** How often something ran on top of an orchestrator. */
  public long lent() {
    return lent;
  }

  private final class Counted implements Relay.Lender {

    private final Relay.Lender lender;

    Counted(Relay.Lender lender) {
      this.lender = lender;
    }

    @Override
    public long key() {
      return lender.key();
    }

    @Override
    public boolean lends() {
      boolean lends = lender.lends();
      lent += lends ? 1 : 0;
      return lends;
    }

    @Override
    public void isBack() {
      lender.isBack();
    }

    @Override
    public void isSpoilt() {
      lender.isSpoilt();
    }
  }

  @Override
  public void execute(Runnable command) {
    starts.execute(() -> new Strand(command).start());
  }

  @Override
  public boolean mayBeHeld() {
    return mayBeHeld;
  }

  @Override
  public void ended(Runnable followUp) {
    OrchestratorThreads.of(lending, mayBeHeld).ended(followUp);
  }

  @Override
  public void paused(Runnable followUp, Relay.Lender lender) {
    OrchestratorThreads.of(lending, mayBeHeld).paused(followUp, new Counted(lender));
  }

  @Override
  public Gate gate() {
    return new SteppedGate();
  }

  /**
   * Interrupts what is parked, one after the other, until there is nothing. On a thread of its own
   * it does so when that is parked or ends.
   */
  @Override
  public void close() {
    closed = true;
    Strand current = CURRENT.get();
    if (current == null || current.owner() != this) {
      while (!parked.isEmpty()) {
        parked.get(0).interrupt();
      }
    }
  }

  private final class SteppedGate implements Gate {

    private @Nullable Strand waiting;
    private boolean opened;

    @Override
    public void await() throws InterruptedException {
      Strand self = CURRENT.get();
      if (!opened) {
        waiting = self;
        parked.add(self);
        try {
          self.pause();
        } finally {
          parked.remove(self);
          waiting = null;
        }
      }
      opened = false;
    }

    @Override
    public void open() {
      opened = true;
      if (waiting != null) {
        Strand strand = waiting;
        openings.execute(() -> goOn(strand));
      }
    }

    /** It may have been interrupted in the meantime. */
    private void goOn(Strand strand) {
      if (waiting == strand) {
        strand.resume();
      }
    }
  }

  /** A thread, and who waits for it. */
  private final class Strand {

    private final Runnable command;
    private final Semaphore mayRun = new Semaphore(0);
    private final Semaphore hasPaused = new Semaphore(0);
    private boolean interrupted;
    private @Nullable Throwable thrown;

    Strand(Runnable command) {
      this.command = command;
    }

    SteppedThreads owner() {
      return SteppedThreads.this;
    }

    void start() {
      POOL.execute(this::run);
      awaitPause();
    }

    private void run() {
      CURRENT.set(this);
      try {
        command.run();
      } catch (RuntimeException | Error e) {
        thrown = e;
      } finally {
        CURRENT.remove();
        Thread.interrupted();
        hasPaused.release();
      }
    }

    /** On its thread. */
    void pause() throws InterruptedException {
      hasPaused.release();
      mayRun.acquireUninterruptibly();
      if (interrupted) {
        interrupted = false;
        throw new InterruptedException("the threads of the test end");
      }
    }

    void resume() {
      mayRun.release();
      awaitPause();
    }

    void interrupt() {
      interrupted = true;
      resume();
    }

    private void awaitPause() {
      hasPaused.acquireUninterruptibly();
      Throwable end = thrown;
      thrown = null;
      if (closed) {
        close();
      }
      if (end instanceof Error error) {
        throw error;
      } else if (end instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
