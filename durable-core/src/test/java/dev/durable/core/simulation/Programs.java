package dev.durable.core.simulation;

import dev.durable.core.simulation.Step.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws programs: trees of steps. */
final class Programs {

  private static final int MAX_DEPTH = 3;

  private static final Kind[] CALLS = {
    Kind.ACTIVITY, Kind.ACTIVITY, Kind.TRANSACTION, Kind.ONCE, Kind.TIMED, Kind.STUBBORN
  };
  private static final Kind[] SIMPLE = {
    Kind.TIMER,
    Kind.EVENT,
    Kind.EVENT,
    Kind.WAITERS,
    Kind.DETACHED,
    Kind.CANCELLED,
    Kind.IDENTITY,
    Kind.STATUS,
    Kind.SEND,
    Kind.SEND,
    Kind.PATCH,
    Kind.PATCH
  };
  private static final Kind[] COMPOUND = {
    Kind.ALL, Kind.ANY, Kind.ANY, Kind.ORDERED, Kind.WINDOW, Kind.LIMITED, Kind.SAGA
  };

  private final RandomGenerator random;
  private final World world;
  private final Statistics statistics;

  Programs(RandomGenerator random, World world) {
    this.random = random;
    this.world = world;
    this.statistics = world.statistics();
  }

  /** What a client starts. */
  List<Step> draw() {
    List<Step> steps = new ArrayList<>();
    if (random.nextInt(10) == 0) {
      addOneToRewind(steps);
    }
    for (int i = random.nextInt(5); i >= 0; i--) {
      if (random.nextInt(8) == 0) {
        steps.add(counted(Step.of(Kind.CONTINUE, 0, 0)));
      } else if (world.isPopulated() && random.nextInt(16) == 0) {
        steps.add(section(1, 0));
      } else {
        steps.add(guarded(step(0), 4));
      }
    }
    if (random.nextInt(5) == 0) {
      steps.add(counted(Step.of(Kind.FAIL, 0, 0)));
    }
    return steps;
  }

  /** Fails now and then, goes another way when it is run again, and has more to do behind that. */
  private void addOneToRewind(List<Step> steps) {
    Step first = counted(Step.of(Kind.ACTIVITY, 1 + random.nextInt(3), 0));
    steps.add(counted(Step.of(Kind.TRY, 0, 0, first)));
    steps.add(child(1));
    steps.add(counted(Step.of(Kind.ACTIVITY, 1, 0)));
    steps.add(child(1));
  }

  private Step counted(Step step) {
    statistics.named("drawn", step.kind().name());
    return step;
  }

  /** Most of what can fail is caught, so that the steps after it are reached. */
  private Step guarded(Step step, int of) {
    boolean mayFail = step.kind() != Kind.TIMER && step.kind() != Kind.EVENT;
    return mayFail && random.nextInt(of) > 0 ? counted(Step.of(Kind.TRY, 0, 0, step)) : step;
  }

  private Step step(int depth) {
    if (world.isPopulated() && random.nextInt(3) == 0) {
      return withEntities(depth);
    }
    int dice = random.nextInt(100);
    if (dice < 30) {
      return call();
    } else if (dice < 62) {
      return simple(SIMPLE[random.nextInt(SIMPLE.length)]);
    } else if (dice < 76) {
      return child(depth);
    } else if (dice < 97) {
      return compound(COMPOUND[random.nextInt(COMPOUND.length)], depth);
    }
    return counted(Step.of(random.nextBoolean() ? Kind.DEADLY : Kind.POISON, 0, 0));
  }

  private Step call() {
    Kind kind = CALLS[random.nextInt(CALLS.length)];
    return switch (kind) {
      case ACTIVITY -> counted(Step.of(kind, 1 + random.nextInt(3), random.nextInt(3)));
      case TRANSACTION -> counted(Step.of(kind, 1 + random.nextInt(2), 0));
      case TIMED -> counted(Step.of(kind, 1 + random.nextInt(60), 1 + random.nextInt(2)));
      default -> counted(Step.of(kind, 0, 0));
    };
  }

  private Step simple(Kind kind) {
    return switch (kind) {
      case TIMER, CANCELLED -> counted(Step.of(kind, random.nextInt(60), 0));
      case EVENT ->
          counted(Step.of(kind, random.nextBoolean() ? 1 + random.nextInt(60) : 0, name()));
      case WAITERS -> counted(Step.of(kind, 0, name()));
      case SEND -> counted(Step.of(kind, random.nextInt(7), random.nextInt(2)));
      default -> counted(Step.of(kind, 0, 0));
    };
  }

  private int name() {
    return random.nextInt(3) / 2;
  }

  private Step child(int depth) {
    if (depth >= MAX_DEPTH) {
      return call();
    }
    List<Step> program = new ArrayList<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      program.add(
          random.nextInt(6) == 0
              ? counted(Step.of(Kind.CONTINUE, 0, 0))
              : guarded(step(depth + 2), 2));
    }
    boolean shared = random.nextInt(3) == 0;
    int x = shared ? random.nextInt(Script.SHARED_IDS) : 1 + random.nextInt(2);
    return counted(new Step(shared ? Kind.SHARED : Kind.CHILD, x, 0, program));
  }

  // ---- entities

  private Step withEntities(int depth) {
    int dice = random.nextInt(10);
    if (dice < 3) {
      return operation(Kind.ENTITY_CALL, random.nextInt(Things.COUNT));
    } else if (dice < 5 || depth >= MAX_DEPTH) {
      return operation(Kind.SIGNAL, random.nextInt(Things.COUNT));
    }
    return section(0, depth);
  }

  private Step operation(Kind kind, int entity) {
    int operation = random.nextInt(Things.OPERATIONS.size() + 3) % Things.OPERATIONS.size();
    boolean later = kind == Kind.SIGNAL && random.nextInt(3) == 0;
    return counted(Step.of(kind, entity, operation + (later ? 100 * random.nextInt(60) : 0)));
  }

  /** Either with calls that go on while others begin, or with transfers, which must be whole. */
  private Step section(int y, int depth) {
    int bits = random.nextInt(3) == 0 ? 3 : 0;
    for (int i = random.nextInt(4); i >= 0; i--) {
      bits |= 1 << random.nextInt(Things.COUNT);
    }
    List<Integer> locked = Things.numbers(bits);
    boolean transfers = locked.size() > 1 && locked.get(1) < Things.OF_A_NAME;
    List<Step> parts = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      parts.add(guarded(within(locked, transfers, depth), 3));
    }
    return counted(new Step(Kind.SECTION, bits, y, parts));
  }

  private Step within(List<Integer> locked, boolean transfers, int depth) {
    int one = locked.get(random.nextInt(locked.size()));
    int dice = random.nextInt(20);
    if (dice < 8) {
      return transfers
          ? counted(Step.of(Kind.TRANSFER, locked.get(0), locked.get(1)))
          : operation(Kind.ENTITY_CALL, one);
    } else if (dice < 10) {
      return operation(Kind.ENTITY_CALL, one);
    } else if (dice < 11) {
      return operation(Kind.ENTITY_CALL, random.nextInt(Things.COUNT));
    } else if (dice < 13) {
      return operation(Kind.SIGNAL, random.nextInt(Things.COUNT));
    } else if (dice < 14) {
      return counted(Step.of(Kind.FAIL, 0, 0));
    } else if (dice < 15) {
      return child(MAX_DEPTH - 1);
    } else if (dice < 16 && depth < MAX_DEPTH) {
      return section(0, depth + 2);
    } else if (dice < 18 && !transfers) {
      return together(locked);
    }
    return random.nextBoolean() ? call() : simple(SIMPLE[random.nextInt(SIMPLE.length)]);
  }

  /** Several calls at once, not all of which are waited for. */
  private Step together(List<Integer> locked) {
    Kind kind = List.of(Kind.ALL, Kind.ANY, Kind.LIMITED).get(random.nextInt(3));
    List<Step> parts = new ArrayList<>();
    for (int i = kind == Kind.LIMITED ? 0 : 1 + random.nextInt(2); i >= 0; i--) {
      parts.add(operation(Kind.ENTITY_CALL, locked.get(random.nextInt(locked.size()))));
    }
    return counted(new Step(kind, kind == Kind.LIMITED ? 1 + random.nextInt(20) : 0, 0, parts));
  }

  private Step compound(Kind kind, int depth) {
    if (depth >= MAX_DEPTH) {
      return call();
    }
    return switch (kind) {
      case ALL, ORDERED, ANY -> counted(new Step(kind, 0, 0, tasks(kind, depth)));
      case WINDOW -> counted(Step.of(kind, 1 + random.nextInt(3), 1 + random.nextInt(5)));
      case LIMITED -> counted(Step.of(kind, 1 + random.nextInt(60), 0, task(Kind.ANY, depth)));
      default -> counted(new Step(kind, 0, 0, sequence(depth)));
    };
  }

  private List<Step> sequence(int depth) {
    List<Step> steps = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      steps.add(guarded(step(depth + 1), 2));
    }
    if (random.nextInt(3) == 0) {
      steps.add(counted(Step.of(Kind.FAIL, 0, 0)));
    }
    return steps;
  }

  private List<Step> tasks(Kind of, int depth) {
    List<Step> tasks = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i >= 0; i--) {
      tasks.add(task(of, depth));
    }
    return tasks;
  }

  /** What another step can wait for: events only where they cannot get lost. */
  private Step task(Kind of, int depth) {
    int dice = random.nextInt(10);
    if (of != Kind.ORDERED && world.isPopulated() && random.nextInt(3) == 0) {
      return operation(Kind.ENTITY_CALL, random.nextInt(Things.COUNT));
    } else if (of == Kind.ORDERED || dice < 5) {
      return call();
    } else if (dice < 7) {
      return child(depth + 1);
    } else if (dice < 9 && of == Kind.ANY) {
      return counted(Step.of(Kind.EVENT, 0, name()));
    }
    return simple(Kind.TIMER);
  }
}
