package dev.durable.core.simulation;

import dev.durable.EntityLockedException;
import dev.durable.InstanceAlreadyExistsException;
import dev.durable.InstanceFinishedException;
import dev.durable.InstanceNotFoundException;
import dev.durable.InvalidInstanceStateException;
import dev.durable.core.testing.SimulatedCrash;
import dev.durable.core.testing.SimulatedFailure;
import dev.durable.core.testing.SimulatedOutage;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Calls of clients: what got no answer is tried again, and some of what got one as well. */
final class Attempts {

  /**
   * A call.
   *
   * @param what it does
   * @param id whom it is about
   * @param isRepeatable whether a second one changes nothing, so that a client may make it
   */
  record Call(String what, String id, boolean isRepeatable, Runnable body) {}

  private final World world;
  private final RandomGenerator random;
  private final List<Call> unanswered = new ArrayList<>();
  private final List<Call> answered = new ArrayList<>();

  Attempts(World world, RandomGenerator random) {
    this.world = world;
    this.random = random;
  }

  /** Makes a call, for the first time or again. */
  void make(Call call) {
    world.trace().add("client " + call.what(), call.id(), 0);
    String result = result(call);
    world.statistics().named("client", call.what() + " " + result);
    world.trace().add(result, call.id(), 0);
  }

  private String result(Call call) {
    try {
      call.body().run();
      if (call.isRepeatable()) {
        answered.add(call);
      }
      return "done";
    } catch (SimulatedFailure | SimulatedOutage e) {
      unanswered.add(call);
      return "unanswered";
    } catch (SimulatedCrash e) {
      return "crashed";
    } catch (InstanceAlreadyExistsException
        | EntityLockedException
        | InstanceNotFoundException
        | InstanceFinishedException
        | InvalidInstanceStateException e) {
      return e.getClass().getSimpleName();
    }
  }

  /** Some call that got no answer, to be made again; null if there is none. */
  @Nullable Call takeUnanswered() {
    return unanswered.isEmpty() ? null : unanswered.remove(random.nextInt(unanswered.size()));
  }

  /** Some call that got an answer; null if there is none. */
  @Nullable Call anyAnswered() {
    return answered.isEmpty() ? null : answered.get(random.nextInt(answered.size()));
  }

  /** Makes all again that got no answer. */
  void retryAll() {
    while (!unanswered.isEmpty()) {
      make(unanswered.remove(0));
    }
  }
}
