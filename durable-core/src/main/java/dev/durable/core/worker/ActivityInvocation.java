package dev.durable.core.worker;

import dev.durable.UnknownFunctionException;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.HistoryEvent.TaskFailed;
import dev.durable.core.spi.ActivityFunction;
import dev.durable.core.spi.Failures;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.Payloads;
import dev.durable.core.store.ActivityTask;
import java.util.Optional;

/**
 * Runs an activity and turns whatever comes of it into its completion: the one place where an
 * activity's failure becomes data.
 */
public final class ActivityInvocation {

  private final FunctionRegistry functions;
  private final Payloads payloads;

  /** Over those functions. */
  public ActivityInvocation(FunctionRegistry functions, Payloads payloads) {
    this.functions = functions;
    this.payloads = payloads;
  }

  /**
   * Runs it. Throws only an {@link Error} after which the JVM is not to be trusted. Afterwards the
   * thread is not interrupted, whatever the activity has left behind: the engine's own writes may
   * follow on it, and an interrupt would break their connection.
   */
  public Completion run(ActivityTask task) {
    Optional<ActivityFunction> function = functions.activity(task.name());
    if (function.isEmpty()) {
      return failed(
          task, new UnknownFunctionException("activity", task.name(), functions.activityNames()));
    }
    try {
      Object input =
          function.get().inputType() == null
              ? null
              : payloads.read(
                  task.input(), function.get().inputType(), "the input of activity " + task.name());
      Object result = function.get().invoke(input);
      return new TaskCompleted(
          task.taskId(), payloads.write(result, "the result of activity " + task.name()));
    } catch (Throwable thrown) {
      if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
        throw fatal;
      }
      return failed(task, thrown);
    } finally {
      Thread.interrupted();
    }
  }

  /** The completion of an activity that failed with that. */
  public static Completion failed(ActivityTask task, Throwable thrown) {
    return new TaskFailed(task.taskId(), Failures.of(thrown));
  }
}
