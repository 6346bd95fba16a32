package dev.durable.core.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Faults at given rates. The same random numbers give the same faults. */
public final class RandomFaults implements Faults {

  private static final List<Fault> FAILURES =
      List.of(Fault.FAILS_BEFORE, Fault.FAILS_AFTER, Fault.FAILS_AND_ARRIVES_LATE);
  private static final List<Fault> CRASHES =
      List.of(Fault.CRASHES_BEFORE, Fault.CRASHES_AFTER, Fault.CRASHES_AND_ARRIVES_LATE);

  private final RandomGenerator random;
  private final List<Runnable> late = new ArrayList<>();
  private FaultRates rates;

  /** Faults at those rates. */
  public RandomFaults(FaultRates rates, RandomGenerator random) {
    this.rates = rates;
    this.random = random;
  }

  /** From now on other rates. */
  public synchronized void rates(FaultRates newRates) {
    rates = newRates;
  }

  @Override
  public synchronized Fault next(String call) {
    double dice = random.nextDouble();
    if (dice < rates.failures()) {
      return FAILURES.get(random.nextInt(FAILURES.size()));
    }
    if (dice < rates.failures() + rates.crashes()) {
      return CRASHES.get(random.nextInt(CRASHES.size()));
    }
    return Fault.NONE;
  }

  @Override
  public synchronized boolean deliversAgain() {
    return random.nextDouble() < rates.duplicates();
  }

  @Override
  public synchronized boolean losesLease() {
    return random.nextDouble() < rates.lostLeases();
  }

  @Override
  public synchronized void later(Runnable call) {
    late.add(call);
  }

  /** Executes the oldest call that is still on its way. Returns whether there was one. */
  public boolean arrive() {
    Runnable call;
    synchronized (this) {
      if (late.isEmpty()) {
        return false;
      }
      call = late.remove(0);
    }
    call.run();
    return true;
  }
}
