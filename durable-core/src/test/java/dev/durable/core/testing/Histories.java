package dev.durable.core.testing;

import dev.durable.FailureDetails;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.ExecutionCompleted;
import dev.durable.core.history.HistoryEvent.ExecutionFailed;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.ExecutionTerminated;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCompleted;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCreated;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceFailed;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.HistoryEvent.TaskFailed;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import dev.durable.core.history.HistoryEvent.TimerCanceled;
import dev.durable.core.history.HistoryEvent.TimerCreated;
import dev.durable.core.history.HistoryEvent.TimerFired;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The events of a history as words. Inputs, results and payloads are JSON text. */
public final class Histories {

  /** Time zero of all tests. */
  public static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  private Histories() {}

  /** That many seconds after time zero. */
  public static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  /** That long after time zero. */
  public static Instant at(Duration sinceZero) {
    return T0.plus(sinceZero);
  }

  public static EpisodeStarted episodeStarted(Instant at) {
    return new EpisodeStarted(at);
  }

  public static ExecutionStarted executionStarted(String name) {
    return new ExecutionStarted(name, null, null);
  }

  public static ExecutionStarted executionStarted(String name, @Nullable String input) {
    return new ExecutionStarted(name, input, null);
  }

  public static TaskScheduled taskScheduled(int taskId, String name, @Nullable String input) {
    return new TaskScheduled(taskId, name, input);
  }

  public static TaskCompleted taskCompleted(int taskId, @Nullable String result) {
    return new TaskCompleted(taskId, result);
  }

  public static TaskFailed taskFailed(int taskId, FailureDetails failure) {
    return new TaskFailed(taskId, failure);
  }

  public static TaskFailed taskFailed(int taskId, String message) {
    return new TaskFailed(taskId, failure(message));
  }

  public static TimerCreated timerCreated(int taskId, Instant fireAt) {
    return new TimerCreated(taskId, fireAt);
  }

  public static TimerCanceled timerCanceled(int taskId) {
    return new TimerCanceled(taskId);
  }

  public static TimerFired timerFired(int taskId, Instant fireAt) {
    return new TimerFired(taskId, fireAt);
  }

  public static SubOrchestrationInstanceCreated childCreated(
      int taskId, String instanceId, String name, @Nullable String input) {
    return new SubOrchestrationInstanceCreated(taskId, instanceId, name, input);
  }

  public static SubOrchestrationInstanceCompleted childCompleted(
      int taskId, @Nullable String result) {
    return new SubOrchestrationInstanceCompleted(taskId, result);
  }

  public static SubOrchestrationInstanceFailed childFailed(int taskId, FailureDetails failure) {
    return new SubOrchestrationInstanceFailed(taskId, failure);
  }

  public static EventRaised eventRaised(String eventId, String name, @Nullable String payload) {
    return new EventRaised(eventId, name, payload);
  }

  public static ExecutionTerminated executionTerminated(@Nullable String reason) {
    return new ExecutionTerminated(reason);
  }

  public static ExecutionCompleted executionCompleted(@Nullable String output) {
    return new ExecutionCompleted(output);
  }

  public static ExecutionFailed executionFailed(FailureDetails failure) {
    return new ExecutionFailed(failure);
  }

  /** A failure that may be retried. */
  public static FailureDetails failure(String message) {
    return failure(message, null);
  }

  /** A failure with another one behind it. */
  public static FailureDetails failure(String message, @Nullable FailureDetails cause) {
    return new FailureDetails("java.io.IOException", message, "\tat test\n", cause, false);
  }

  /** A failure that no retry can help. */
  public static FailureDetails nonRetriable(String message) {
    return new FailureDetails("java.lang.IllegalStateException", message, "", null, true);
  }
}
