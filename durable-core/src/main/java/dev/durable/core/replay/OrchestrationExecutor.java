package dev.durable.core.replay;

import dev.durable.NonDeterminismException;
import dev.durable.PayloadException;
import dev.durable.UnknownFunctionException;
import dev.durable.VersionMismatchException;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.replay.Decisions.Completed;
import dev.durable.core.replay.Decisions.ContinuedAsNew;
import dev.durable.core.replay.Decisions.Failed;
import dev.durable.core.replay.Decisions.Outcome;
import dev.durable.core.replay.Decisions.Waiting;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.Failures;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.OrchestratorFunction;
import dev.durable.core.spi.Payloads;
import dev.durable.core.spi.Versions;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs an orchestrator from its first line: past events answer its calls silently, then the fresh
 * ones; a wait for something that has not come leaves it. The only caller of orchestrators. A
 * function: the same task gives the same decisions.
 */
public final class OrchestrationExecutor {

  private final FunctionRegistry functions;
  private final Payloads payloads;
  private final CallDefaults defaults;
  private final Versions versions;

  /** Over those functions. */
  public OrchestrationExecutor(
      FunctionRegistry functions, Payloads payloads, CallDefaults defaults, Versions versions) {
    this.functions = functions;
    this.payloads = payloads;
    this.defaults = defaults;
    this.versions = versions;
  }

  /**
   * Runs one episode of it.
   *
   * @throws NonDeterminismException if the code does not fit the history; nothing must be recorded
   *     of this run
   * @throws UnknownFunctionException if an orchestrator that has run before is not deployed any
   *     more
   * @throws VersionMismatchException if it is not deployed in a version that fits, and the instance
   *     is to wait for one
   */
  public Decisions execute(OrchestratorTask task) {
    return execute(task, Intermission.none());
  }

  /**
   * Runs one episode of it and, as long as the intermission gives more, those that follow; all on
   * the calling thread, which is the orchestrator's until this returns. What is bound to that
   * thread stays as it is from one episode to the next. In each episode it decides what a run over
   * the whole history would decide.
   *
   * <p>Why: when the events of an episode are used up, the code stands where a replay of them would
   * stand, with the same tasks open and the same counters; and the history that the next episode
   * has is what the run took in and decided. So from there on the next fresh event meets the same
   * state, whether it was come to by replay or kept.
   *
   * @return what it has decided since the last intermission
   * @throws NonDeterminismException as {@link #execute(OrchestratorTask)}, and so are the others
   */
  public Decisions execute(OrchestratorTask task, Intermission intermission) {
    ReplayRun run = new ReplayRun(task, payloads);
    ReplayContext context = new ReplayContext(task, run, payloads, defaults, functions);
    ExecutionStarted started = run.start();
    OrchestratorFunction function;
    try {
      function = versions.select(task.name(), task.version(), functions);
    } catch (UnknownFunctionException unknown) {
      if (task.past().hasRun()) {
        throw unknown; // it was here once: a deployment took it away, and may bring it back
      }
      return decisions(run, context, new Failed(Failures.of(unknown)), null);
    } catch (VersionMismatchException mismatch) {
      if (versions.mismatch() == Versions.Mismatch.WAIT) {
        throw mismatch;
      }
      return decisions(run, context, new Failed(Failures.of(mismatch)), null);
    }
    run.pausesBy(
        () ->
            intermission.next(
                soFar(run, context, new Waiting(), function.version()), function.bindsThread()));
    Outcome outcome = run(task, run, context, started, function);
    return decisions(run, context, outcome, function.version());
  }

  private static Decisions decisions(
      ReplayRun run, ReplayContext context, Outcome outcome, @Nullable String version) {
    run.close();
    NonDeterminismException drift = run.player().drift();
    if (drift != null) {
      throw drift;
    }
    return soFar(run, context, outcome, version);
  }

  private static Decisions soFar(
      ReplayRun run, ReplayContext context, Outcome outcome, @Nullable String version) {
    return new Decisions(
        List.copyOf(run.player().decided()),
        List.copyOf(run.player().patches()),
        outcome,
        context.customStatus(),
        version,
        Set.copyOf(run.player().adopted()),
        run.player().rerun());
  }

  private Outcome run(
      OrchestratorTask task,
      ReplayRun run,
      ReplayContext context,
      ExecutionStarted started,
      OrchestratorFunction function) {
    Supplier<Outcome> ended;
    try {
      Object result = function.invoke(context, input(function, started));
      Outcome completed =
          new Completed(payloads.write(result, "the result of orchestrator " + task.name()));
      ended = () -> completed;
    } catch (Throwable thrown) {
      if (thrown instanceof VirtualMachineError fatal && !(thrown instanceof StackOverflowError)) {
        throw fatal;
      }
      ended = () -> new Failed(Failures.of(thrown)); // most runs end with our own signal
    } finally {
      Thread.interrupted(); // what user code leaves behind must not break the engine's connections
    }
    // The run knows better than the code how the run ended: the code may have caught our
    // signals, or something around it wrapped them.
    ContinueAsNewSignal again = run.continuedAsNew();
    if (again == null && run.isBlocked()) {
      return new Waiting();
    }
    run.player().ended();
    return again == null ? ended.get() : new ContinuedAsNew(again.input(), run.unreceivedEvents());
  }

  private @Nullable Object input(OrchestratorFunction function, ExecutionStarted started)
      throws PayloadException {
    return function.inputType() == null
        ? null
        : payloads.read(
            started.input(), function.inputType(), "the input of orchestrator " + started.name());
  }
}
