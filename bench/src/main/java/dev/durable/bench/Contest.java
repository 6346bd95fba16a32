package dev.durable.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Measures contenders in turn, round by round, on one database server. Only the one whose turn it
 * is runs; the others stand still, so that neither their polling nor their compilers take part.
 */
final class Contest {

  /** In which a server that goes on does what has become due meanwhile. */
  private static final Duration RUN_IN = Duration.ofSeconds(3);

  private final List<Contender> contenders;
  private final MeasuredDatabase database;
  private final boolean counting;
  private final boolean standingStill;
  private long usedUntil = System.nanoTime();

  /**
   * Of contenders that run.
   *
   * @param counting whether the last round of each is to say what it cost; that takes half a minute
   */
  Contest(List<Contender> contenders, MeasuredDatabase database, boolean counting) {
    this.contenders = List.copyOf(contenders);
    this.database = database;
    this.counting = counting;
    this.standingStill =
        !database.settling().isZero()
            && !System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
  }

  /** Lets all stand still, until it is their turn. */
  void begin() throws InterruptedException {
    for (Contender contender : contenders) {
      freeze(contender);
    }
  }

  /** Lets all go on, so that they can be stopped. */
  void end() throws InterruptedException {
    for (Contender contender : contenders) {
      thaw(contender);
    }
  }

  /** Drives a scenario for that time, at least once, with each that takes part. */
  void warmUp(Scenario scenario, Duration time) throws InterruptedException {
    if (scenario.isOfNothing() || time.isZero()) {
      return;
    }
    for (Contender contender : takingPart(scenario)) {
      thaw(contender);
      long end = System.nanoTime() + time.toNanos();
      while (System.nanoTime() < end) {
        contender.run(scenario);
      }
      freeze(contender);
    }
  }

  /** Runs the rounds of a scenario, of each contender in turn. */
  List<Measurement> measure(Scenario scenario, int count) throws InterruptedException {
    List<Contender> entrants = takingPart(scenario);
    Map<Contender, List<Round>> rounds = new HashMap<>();
    Map<Contender, Cost> costs = new HashMap<>();
    // Nothing is the same each time, and what it costs is all that it says.
    int last = scenario.isOfNothing() ? 1 : count;
    for (int round = 1; round <= last; round++) {
      for (Contender contender : entrants) {
        List<Round> own = rounds.computeIfAbsent(contender, any -> new ArrayList<>());
        if (scenario.isOfNothing()) {
          own.add(nothing(scenario, contender, costs));
        } else if (round == last && counting) {
          own.add(counted(scenario, contender, costs));
        } else {
          own.add(uncounted(scenario, contender));
        }
      }
    }
    return entrants.stream()
        .map(
            contender ->
                new Measurement(
                    scenario,
                    contender,
                    rounds.getOrDefault(contender, List.of()),
                    Optional.ofNullable(costs.get(contender))))
        .toList();
  }

  private List<Contender> takingPart(Scenario scenario) {
    return contenders.stream().filter(contender -> contender.takesPartIn(scenario)).toList();
  }

  private Round uncounted(Scenario scenario, Contender contender) throws InterruptedException {
    thaw(contender);
    Round round = contender.run(scenario);
    freeze(contender);
    return round;
  }

  private Round counted(Scenario scenario, Contender contender, Map<Contender, Cost> costs)
      throws InterruptedException {
    awaitSettled();
    thaw(contender);
    Cost before = Cost.of(contender, database);
    Round round = contender.run(scenario);
    Optional<EngineTransactions> engine = contender.transactions();
    freeze(contender);
    awaitSettled();
    costs.put(contender, Cost.of(contender, engine, database).since(before));
    return round;
  }

  /** Lets it run without a load: what it asks for by itself is told as it goes. */
  private Round nothing(Scenario scenario, Contender contender, Map<Contender, Cost> costs)
      throws InterruptedException {
    thaw(contender);
    sleep(database.settling());
    Cost before = Cost.of(contender, database);
    Duration time = Duration.ofSeconds(scenario.steps());
    sleep(time);
    costs.put(contender, Cost.of(contender, database).since(before));
    freeze(contender);
    return new Round(time, Optional.empty());
  }

  /** Some counts are of the whole database server, so nobody may have used it for a while. */
  private void awaitSettled() throws InterruptedException {
    sleep(database.settling().minusNanos(System.nanoTime() - usedUntil));
  }

  private void freeze(Contender contender) throws InterruptedException {
    if (standingStill) {
      contender.freeze();
    }
    usedUntil = System.nanoTime();
  }

  private void thaw(Contender contender) throws InterruptedException {
    if (standingStill) {
      contender.thaw();
      sleep(RUN_IN);
    }
  }

  private static void sleep(Duration time) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(Math.max(0, time.toMillis()));
  }
}
