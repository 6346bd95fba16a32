package dev.durable.core.testing;

import dev.durable.FailureDetails;
import dev.durable.core.history.CallDetails;
import dev.durable.core.history.HistoryEvent.Action;
import dev.durable.core.history.HistoryEvent.SubOrchestrationInstanceCreated;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import dev.durable.core.replay.Decisions;
import dev.durable.core.replay.Decisions.Completed;
import dev.durable.core.replay.Decisions.ContinuedAsNew;
import dev.durable.core.replay.Decisions.CustomStatus;
import dev.durable.core.replay.Decisions.Failed;
import dev.durable.core.replay.Decisions.Waiting;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * What an episode decided, in words: first its actions, each in its order, then how it ended.
 * Naming the end also says that there were no other actions.
 */
public final class EpisodeAssert extends AbstractAssert<EpisodeAssert, Decisions> {

  private final Queue<Action> unnamed;
  private @Nullable Action named;

  private EpisodeAssert(Decisions decisions) {
    super(decisions, EpisodeAssert.class);
    unnamed = new ArrayDeque<>(decisions.actions());
  }

  public static EpisodeAssert assertThat(Decisions decisions) {
    return new EpisodeAssert(decisions);
  }

  public EpisodeAssert schedulesActivity(int taskId, String name, @Nullable String input) {
    CallDetails call =
        unnamed.peek() instanceof TaskScheduled next ? next.call() : CallDetails.only(taskId);
    return decides(new TaskScheduled(taskId, name, input, call));
  }

  /** The last action that was named is an attempt with these details. */
  public EpisodeAssert knowing(CallDetails call) {
    Assertions.assertThat(named).isInstanceOf(TaskScheduled.class);
    Assertions.assertThat(((TaskScheduled) named).call()).isEqualTo(call);
    return this;
  }

  public EpisodeAssert createsTimer(int taskId, Instant fireAt) {
    return decides(Histories.timerCreated(taskId, fireAt));
  }

  public EpisodeAssert cancelsTimer(int taskId) {
    return decides(Histories.timerCanceled(taskId));
  }

  public EpisodeAssert createsChild(
      int taskId, String instanceId, String name, @Nullable String input) {
    CallDetails call =
        unnamed.peek() instanceof SubOrchestrationInstanceCreated next
            ? next.call()
            : CallDetails.only(taskId);
    return decides(
        new SubOrchestrationInstanceCreated(taskId, instanceId, name, input, null, call));
  }

  /** The next action is that one. */
  public EpisodeAssert decides(Action action) {
    Action next = unnamed.poll();
    named = next;
    if (!action.equals(next)) {
      failWithMessage(
          "Expected the next action to be%n  %s%nbut it is%n  %s%nof%n  %s", action, next, actual);
    }
    return this;
  }

  /** The next ones, in that order. */
  public EpisodeAssert decidesAll(Action... actions) {
    for (Action action : actions) {
      decides(action);
    }
    return this;
  }

  public EpisodeAssert isWaiting() {
    return ends(new Waiting());
  }

  public EpisodeAssert completesWith(@Nullable String output) {
    return ends(new Completed(output));
  }

  /** It fails with an exception of that class. */
  public EpisodeAssert failsWith(Class<? extends Throwable> type) {
    FailureDetails failure = failure();
    if (!failure.type().equals(type.getName())) {
      failWithMessage("Expected a failure of type %s but was %s", type.getName(), failure);
    }
    return this;
  }

  /** It fails, saying that. */
  public EpisodeAssert failsSaying(String part) {
    FailureDetails failure = failure();
    if (!failure.summary().contains(part)) {
      failWithMessage("Expected a failure that says%n  %s%nbut was%n  %s", part, failure);
    }
    return this;
  }

  /** The failure that it ends with. */
  public FailureDetails failure() {
    hasNoOtherActions();
    if (!(actual.outcome() instanceof Failed failed)) {
      throw failureWithActualExpected(
          actual.outcome(), "a failure", "Expected the episode to fail but it is %s", actual);
    }
    return failed.failure();
  }

  /** It begins anew; the ids are those of the events carried over. */
  public EpisodeAssert continuesAsNew(@Nullable String input, String... carriedEventIds) {
    hasNoOtherActions();
    if (!(actual.outcome() instanceof ContinuedAsNew again)) {
      throw failure("Expected to continue as new but was%n  %s", actual.outcome());
    }
    List<String> carried = again.unreceived().stream().map(event -> event.eventId()).toList();
    if (!Objects.equals(again.input(), input) || !carried.equals(List.of(carriedEventIds))) {
      failWithMessage(
          "Expected input %s and events %s but was%n  %s", input, List.of(carriedEventIds), again);
    }
    return this;
  }

  public EpisodeAssert hasCustomStatus(@Nullable String json) {
    if (!Objects.equals(actual.customStatus(), new CustomStatus(json))) {
      failWithMessage("Expected the custom status %s but was %s", json, actual.customStatus());
    }
    return this;
  }

  /** It has set none, so that the one of the execution before stays. */
  public EpisodeAssert keepsTheCustomStatus() {
    if (actual.customStatus() != null) {
      failWithMessage("Expected no custom status but was %s", actual.customStatus());
    }
    return this;
  }

  private EpisodeAssert ends(Decisions.Outcome outcome) {
    hasNoOtherActions();
    if (!actual.outcome().equals(outcome)) {
      failWithMessage(
          "Expected the episode to end as%n  %s%nbut it ended as%n  %s", outcome, actual.outcome());
    }
    return this;
  }

  private void hasNoOtherActions() {
    if (!unnamed.isEmpty()) {
      failWithMessage("Expected no other actions, but there are%n  %s", unnamed);
    }
  }
}
