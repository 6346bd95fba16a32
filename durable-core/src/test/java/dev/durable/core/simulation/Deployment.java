package dev.durable.core.simulation;

import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.testing.TestFunctions;

/** What is deployed on a node. */
enum Deployment {
  /** The newest version. */
  CURRENT,
  /** The newest version and the one before. */
  BOTH,
  /** Only the version before. */
  OLD,
  /** The newest version, and only entities of the first name. */
  FEW_ENTITIES,
  /** The newest version, without the activity that always fails. */
  FEW_ACTIVITIES,
  /** No orchestrator and no entity. */
  WITHOUT,
  /** A newest version that does not repeat what is recorded, and cannot read states. */
  DRIFTING;

  static final String OLD_VERSION = "1";
  static final String NEW_VERSION = "2";

  FunctionRegistry functions(World world, Code.Fate fate) {
    TestFunctions functions = Activities.functions(world.ledger(), fate);
    if (this == BOTH || this == OLD) {
      deploy(functions, OLD_VERSION, new Code(false, false, fate));
    }
    if (this != OLD && this != WITHOUT) {
      deploy(functions, NEW_VERSION, new Code(true, this == DRIFTING, fate));
    }
    if (this == FEW_ACTIVITIES) {
      functions.without(Activities.STUBBORN);
    }
    for (String name : Things.NAMES) {
      if (hasEntity(name)) {
        functions.entity(name, new SimulatedEntity(fate, this != DRIFTING));
      }
    }
    return functions;
  }

  boolean hasEntity(String name) {
    return this != WITHOUT && (this != FEW_ENTITIES || name.equals(Things.NAMES.get(0)));
  }

  private static void deploy(TestFunctions functions, String version, Code code) {
    functions.orchestrator(
        Script.NAME, version, String.class, (ctx, input) -> Script.run(ctx, input, code));
  }

  /** Whether an instance may be blocked by it for a reason of that type. */
  boolean mayBlock(String type) {
    return switch (type) {
      case "VersionMismatchException" -> this == OLD;
      case "UnknownFunctionException" -> this == WITHOUT || this == FEW_ENTITIES;
      case "UnreadableStateException" -> this == DRIFTING;
      case "NonDeterminismException" -> this == DRIFTING || this == OLD || this == BOTH;
      default -> false;
    };
  }
}
