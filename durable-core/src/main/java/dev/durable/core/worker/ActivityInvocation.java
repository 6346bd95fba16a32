package dev.durable.core.worker;

import dev.durable.FailureDetails;
import dev.durable.UnknownFunctionException;
import dev.durable.core.history.HistoryEvent.Completion;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.HistoryEvent.TaskFailed;
import dev.durable.core.spi.ActivityFunction;
import dev.durable.core.spi.CurrentActivity;
import dev.durable.core.spi.Failures;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.Payloads;
import dev.durable.core.store.ActivityTask;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
   * thread is not interrupted, whatever the activity or its cancellation has left behind: the
   * engine's own writes may follow on it, and an interrupt would break their connection.
   */
  public Completion run(ActivityExecution execution) {
    ActivityTask task = execution.item().task();
    Optional<ActivityFunction> function = functions.activity(task.name());
    if (function.isEmpty()) {
      return failed(
          execution,
          Failures.of(
              new UnknownFunctionException("activity", task.name(), functions.activityNames())));
    }
    if (function.get().atMostOnce() && execution.item().attempt() > 1) {
      return failed(execution, Failures.outcomeUnknown(task.name()));
    }
    try {
      return new TaskCompleted(task.taskId(), invoke(function.get(), execution));
    } catch (Throwable thrown) {
      if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
        throw fatal;
      }
      return failed(execution, thrown);
    }
  }

  private @Nullable String invoke(ActivityFunction function, ActivityExecution execution)
      throws Throwable {
    ActivityTask task = execution.item().task();
    execution.begins(function.atMostOnce());
    try {
      Object input =
          function.inputType() == null
              ? null
              : payloads.read(
                  task.input(), function.inputType(), "the input of activity " + task.name());
      Object result =
          CurrentActivity.during(
              new InvokedActivity(execution, payloads), () -> function.invoke(input));
      return payloads.write(result, "the result of activity " + task.name());
    } finally {
      execution.ended();
    }
  }

  /** The completion of an activity that failed with that. */
  public static Completion failed(ActivityExecution execution, Throwable thrown) {
    return failed(execution, Failures.of(thrown));
  }

  /** The completion of an activity that failed so. */
  static Completion failed(ActivityExecution execution, FailureDetails failure) {
    return new TaskFailed(execution.item().task().taskId(), failure, execution.progress());
  }
}
