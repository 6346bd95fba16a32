package dev.durable.core.entity;

import dev.durable.UnknownFunctionException;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.spi.CurrentEntity;
import dev.durable.core.spi.EntityFunction;
import dev.durable.core.spi.EntityFunction.Opened;
import dev.durable.core.spi.EntityOperations;
import dev.durable.core.spi.EntityOperations.Declared;
import dev.durable.core.spi.Failures;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.Payloads;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations of an entity and turns whatever comes of them into data: the one place where an
 * operation's failure becomes data.
 */
public final class EntityInvocation {

  private final FunctionRegistry functions;
  private final Payloads payloads;
  private final Payloads states;
  private final Supplier<String> ids;

  /**
   * Over those functions.
   *
   * @param payloads the limits of inputs and results
   * @param states the limits of states
   * @param ids gives ids of orchestrations that are started
   */
  public EntityInvocation(
      FunctionRegistry functions, Payloads payloads, Payloads states, Supplier<String> ids) {
    this.functions = functions;
    this.payloads = payloads;
    this.states = states;
    this.ids = ids;
  }

  /**
   * Runs them one after the other. One that fails leaves the state as it was before it. Afterwards
   * the thread is not interrupted, whatever they have left behind.
   *
   * @throws UnknownFunctionException if there is no entity of that name here
   * @throws UnreadableStateException if the state does not fit it
   * @throws Error after which the JVM is not to be trusted
   */
  public EntityResult run(EntityTask task) {
    EntityFunction function =
        functions
            .entity(task.entity().name())
            .orElseThrow(
                () ->
                    new UnknownFunctionException(
                        "entity", task.entity().name(), functions.entityNames()));
    Run run = new Run(task, function);
    try {
      return run.all();
    } finally {
      run.close();
      Thread.interrupted();
    }
  }

  private final class Run {

    private final EntityTask task;
    private final EntityFunction function;
    private @Nullable String state;
    private @Nullable Opened opened;

    Run(EntityTask task, EntityFunction function) {
      this.task = task;
      this.function = function;
      this.state = task.state();
    }

    EntityResult all() {
      List<OperationOutcome> outcomes = new ArrayList<>(task.operations().size());
      for (EntityOperationRequested operation : task.operations()) {
        outcomes.add(outcome(operation));
      }
      return new EntityResult(state, outcomes);
    }

    /** After a failure the object may hold anything, so that the next operation gets another. */
    private OperationOutcome outcome(EntityOperationRequested operation) {
      OperationContext context =
          new OperationContext(task, operation, state != null, functions, payloads, ids);
      try {
        return invoke(operation, context);
      } catch (UnreadableStateException unreadable) {
        throw unreadable;
      } catch (Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal
            && !(thrown instanceof StackOverflowError)) {
          throw fatal;
        }
        close();
        return OperationOutcome.failed(Failures.of(thrown));
      } finally {
        Thread.interrupted();
      }
    }

    private OperationOutcome invoke(EntityOperationRequested operation, OperationContext context)
        throws Throwable {
      String what = operation.operation() + " of entity " + task.entity();
      Declared declared = function.operations().get(operation.operation());
      if (declared == null) {
        if (!operation.operation().equals(EntityOperations.DELETE)) {
          throw EntityOperations.unknown(
              task.entity().name(), operation.operation(), function.operations().keySet());
        }
        context.deleteState();
      } else {
        Object input =
            EntityOperations.argument(
                declared, operation.input(), payloads, "the input of operation " + what);
        Object result =
            CurrentEntity.during(context, () -> open().invoke(operation.operation(), input));
        context.returned(payloads.write(result, "the result of operation " + what));
      }
      if (context.isDeleted()) {
        state = null;
        close();
      } else {
        state = states.checked(open().state(), "the state of entity " + task.entity());
      }
      return context.outcome();
    }

    private Opened open() throws Throwable {
      Opened object = opened;
      if (object == null) {
        try {
          object = function.open(state);
        } catch (Exception | LinkageError e) {
          throw state == null ? e : new UnreadableStateException(task.entity(), e);
        }
        opened = object;
      }
      return object;
    }

    void close() {
      Opened object = opened;
      opened = null;
      if (object != null) {
        object.close();
      }
    }
  }
}
