package dev.durable.core.testing;

import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EpisodeStarted;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.history.HistoryEvent.PatchApplied;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import dev.durable.core.history.RecordedHistory;
import dev.durable.core.replay.Decisions;
import dev.durable.core.replay.OrchestrationExecutor;
import dev.durable.core.replay.OrchestratorTask;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An orchestrator without an engine: each call is an episode over the history that the calls before
 * have made. Episodes begin one second apart, the first at {@link Histories#T0}.
 *
 * <p>With {@code -Ddurable.parked=true} the orchestrator is parked between these calls.
 */
public final class Rehearsal {

  /** The id of the instance. */
  public static final String INSTANCE = "order-1";

  /** The id of the execution. */
  public static final String EXECUTION = "e-1";

  /** The name of the orchestrator. */
  public static final String NAME = "sample";

  private static final Payloads PAYLOADS = new Payloads(new JsonbConverter(), 1024 * 1024);

  private final TestFunctions functions;
  private final List<HistoryEvent> history = new ArrayList<>();
  private @Nullable ParentTask parent;
  private CallDefaults defaults = CallDefaults.none();
  private Versions versions = Versions.standard();
  private @Nullable String version;
  private Instant next = Histories.T0;
  private boolean parks = Boolean.getBoolean("durable.parked");
  private @Nullable ParkedRehearsal parked;

  private Rehearsal(TestFunctions functions) {
    this.functions = functions;
  }

  public static Rehearsal of(TestFunctions.OrchestratorBody orchestrator) {
    return new Rehearsal(new TestFunctions().orchestrator(NAME, orchestrator));
  }

  public static <I> Rehearsal of(
      Class<I> inputType, TestFunctions.OrchestratorBodyWithInput<I> orchestrator) {
    return new Rehearsal(new TestFunctions().orchestrator(NAME, inputType, orchestrator));
  }

  /** Of whatever orchestrator is deployed under {@link #NAME}. */
  public static Rehearsal of(TestFunctions functions) {
    return new Rehearsal(functions);
  }

  /** Called by another orchestration. */
  public Rehearsal calledBy(ParentTask caller) {
    parent = caller;
    return this;
  }

  /** Lays down what is recorded already, as it would stand in the store. */
  public Rehearsal past(HistoryEvent... events) {
    history.addAll(List.of(events));
    for (HistoryEvent event : events) {
      if (event instanceof EpisodeStarted episode) {
        next = episode.at().plusSeconds(1);
      }
    }
    return this;
  }

  /** Configures calls that do not say how they are made, from now on. */
  public Rehearsal configured(CallDefaults calls) {
    defaults = calls;
    return leave();
  }

  /** Begins in that version. */
  public Rehearsal inVersion(@Nullable String beganWith, Versions policy) {
    version = beganWith;
    versions = policy;
    return leave();
  }

  /** Deploys other code under the same name. */
  public Rehearsal redeploy(TestFunctions.OrchestratorBody orchestrator) {
    functions.orchestrator(NAME, orchestrator);
    return leave();
  }

  /** Takes the orchestrator away. */
  public Rehearsal undeploy() {
    functions.without(NAME);
    return leave();
  }

  /** The orchestrator is parked from now on, or it is not. */
  public Rehearsal parked(boolean whetherItIs) {
    parks = whetherItIs;
    return leave();
  }

  /** How many episodes in a row went on where the one before was parked. */
  public long continued() {
    return parked == null ? 0 : parked.continued();
  }

  private Rehearsal leave() {
    if (parked != null) {
      parked.end();
      parked = null;
    }
    return this;
  }

  /** When the next episode begins. */
  public Rehearsal nextEpisodeAt(Instant time) {
    next = time;
    return this;
  }

  /** The next episode begins that long after the time at which it otherwise would. */
  public Rehearsal later(Duration delay) {
    next = next.plus(delay);
    return this;
  }

  /** When the next episode will begin. */
  public Instant now() {
    return next;
  }

  /** The first episode, without input. */
  public EpisodeAssert start() {
    return start(null);
  }

  /** The first episode. */
  public EpisodeAssert start(@Nullable String input, HistoryEvent... more) {
    List<HistoryEvent> events = new ArrayList<>();
    events.add(new ExecutionStarted(NAME, input, parent));
    events.addAll(List.of(more));
    return EpisodeAssert.assertThat(episode(events));
  }

  /** One more episode, over those events. */
  public EpisodeAssert takes(HistoryEvent... events) {
    return EpisodeAssert.assertThat(episode(List.of(events)));
  }

  /** One episode; records what came in and what was decided. */
  public Decisions episode(List<? extends HistoryEvent> events) {
    List<HistoryEvent> fresh = new ArrayList<>();
    fresh.add(new EpisodeStarted(next));
    fresh.addAll(events);
    Decisions decisions = parks ? goOn(fresh) : execute(history, fresh);
    history.addAll(fresh);
    decisions.patches().forEach(id -> history.add(new PatchApplied(id)));
    history.addAll(decisions.actions());
    next = next.plusSeconds(1);
    return decisions;
  }

  private Decisions goOn(List<HistoryEvent> fresh) {
    if (parked == null) {
      parked = new ParkedRehearsal(executor());
    }
    return parked.run(task(history, fresh));
  }

  /** Runs over any past and fresh events, recording nothing. */
  public Decisions execute(List<HistoryEvent> past, List<HistoryEvent> fresh) {
    return executor().execute(task(past, fresh));
  }

  private OrchestrationExecutor executor() {
    return new OrchestrationExecutor(functions, PAYLOADS, defaults, versions);
  }

  private OrchestratorTask task(List<HistoryEvent> past, List<HistoryEvent> fresh) {
    return new OrchestratorTask(
        new InstanceRef(INSTANCE, 1),
        1,
        EXECUTION,
        NAME,
        version,
        parent == null ? null : parent.instance().id(),
        RecordedHistory.of(past),
        fresh,
        false);
  }

  /** What is recorded so far. */
  public List<HistoryEvent> history() {
    return List.copyOf(history);
  }
}
