package dev.durable.core.simulation;

import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was taken from one account to be given to another, in critical sections: nothing is missing
 * when its owner releases them.
 */
final class Transfers {

  /** At the end of the label of the half that takes, and of the half that gives. */
  static final String OUT = "-out";

  static final String IN = "-in";

  private record Key(InstanceRef instance, String token) {}

  private static final class Transfer {
    private @Nullable ParentTask lock;
    private int sum;
    private int halves;
    private boolean broken;
  }

  private final World world;
  private final Map<Key, Transfer> transfers = new HashMap<>();

  Transfers(World world) {
    this.world = world;
  }

  /** An operation has run under that lock, perhaps one that is a half of a transfer. */
  void ran(EntityOperationRequested operation, boolean failed, @Nullable ParentTask lock) {
    ParentTask caller = operation.caller();
    if (caller == null || operation.input() == null) {
      return;
    }
    EntityInput input = EntityInput.ofJson(operation.input());
    boolean out = input.label().endsWith(OUT);
    if (!out && !input.label().endsWith(IN)) {
      return;
    }
    String token = input.token().substring(0, input.token().lastIndexOf('-'));
    Transfer transfer =
        transfers.computeIfAbsent(new Key(caller.instance(), token), key -> new Transfer());
    transfer.lock = lock;
    transfer.broken |= failed;
    transfer.sum += failed ? 0 : input.amount();
    transfer.halves += failed ? 0 : 1;
  }

  /** The owner has released what it had locked, itself. */
  void checkReleased(ParentTask owner) {
    transfers.forEach(
        (key, transfer) -> {
          if (owner.equals(transfer.lock)) {
            world.require(
                transfer.broken || transfer.sum == 0 && transfer.halves == 2,
                "a transfer is whole when its section ends, unless a half has failed",
                key);
            world.statistics().named("transfer", transfer.broken ? "broken" : "whole");
          }
        });
  }

  /** Counts those that were ended half-way. */
  void count() {
    for (Transfer transfer : transfers.values()) {
      if (transfer.sum != 0 && !transfer.broken) {
        world.statistics().named("transfer", "half");
      }
    }
  }
}
