package dev.durable.core.hub;

import dev.durable.InstanceAlreadyExistsException;
import dev.durable.InvalidInstanceStateException;
import dev.durable.OrchestrationStatus;
import dev.durable.StartOptions;
import dev.durable.StartPolicy;
import dev.durable.UnknownFunctionException;
import dev.durable.VersionMismatchException;
import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.spi.Names;
import dev.durable.core.spi.OrchestratorFunction;
import dev.durable.core.spi.Versions;
import dev.durable.core.store.InstanceKind;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.NewInstance.IfExists;
import dev.durable.core.store.TaskHubStore;
import dev.durable.core.store.TaskHubStore.CreateOutcome;
import dev.durable.core.worker.Starter;
import dev.durable.core.worker.WakeUps;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How clients start instances. */
final class Starts {

  private final TaskHubStore store;
  private final FunctionRegistry functions;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private final Starter starter;
  private final WakeUps wakeUps;
  private final FinishSignal finishSignal;

  Starts(
      TaskHubStore store,
      FunctionRegistry functions,
      InstantSource clock,
      Supplier<String> ids,
      Starter starter,
      WakeUps wakeUps,
      FinishSignal finishSignal) {
    this.store = store;
    this.functions = functions;
    this.clock = clock;
    this.ids = ids;
    this.starter = starter;
    this.wakeUps = wakeUps;
    this.finishSignal = finishSignal;
  }

  void checkKnown(String orchestrator) {
    if (functions.orchestrators(orchestrator).isEmpty()) {
      throw new UnknownFunctionException(
          "orchestrator", orchestrator, functions.orchestratorNames());
    }
  }

  String start(String orchestrator, @Nullable String input, StartOptions options) {
    String id =
        options.instanceId() == null ? ids.get() : Names.checkInstanceId(options.instanceId());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS); // what a store can keep
    Instant startAt = startAt(options.startAt(), now);
    NewInstance created =
        new NewInstance(
            id,
            ids.get(),
            orchestrator,
            input,
            now,
            startAt,
            null,
            version(orchestrator, options.version()),
            Names.checkTags(options.tags()),
            IfExists.REFUSE);
    if (!startAt.isAfter(now) && isStartedHere(created)) {
      return id;
    }
    CreateOutcome outcome = store.create(created, options.policy());
    if (outcome instanceof CreateOutcome.Exists exists) {
      if (options.policy() != StartPolicy.RETURN_EXISTING) {
        throw new InstanceAlreadyExistsException(id, exists.status());
      }
      return id;
    }
    wake(now, startAt);
    if (options.policy() == StartPolicy.TERMINATE_AND_REPLACE) {
      wakeUps.instanceDue(InstanceKind.ENTITY); // what was replaced may have locked some
    }
    return id;
  }

  /** Said before, since it may have finished when the call returns. */
  private boolean isStartedHere(NewInstance created) {
    finishSignal.started(created.instanceId());
    boolean started = false;
    try {
      started = starter.start(created);
      return started;
    } finally {
      if (!started) {
        finishSignal.notStarted(created.instanceId());
      }
    }
  }

  private @Nullable String version(String orchestrator, @Nullable String wanted) {
    List<OrchestratorFunction> deployed = functions.orchestrators(orchestrator);
    if (wanted == null) {
      return Versions.newest(deployed).map(OrchestratorFunction::version).orElse(null);
    }
    if (Versions.exactly(wanted, deployed).isEmpty()) {
      throw new VersionMismatchException(
          orchestrator,
          wanted,
          deployed.stream().map(OrchestratorFunction::version).sorted(Versions.ORDER).toList());
    }
    return wanted;
  }

  private static Instant startAt(@Nullable Instant wanted, Instant now) {
    if (wanted == null || wanted.isBefore(now)) {
      return now;
    }
    if (wanted.isAfter(Names.LATEST_TIME)) {
      throw new IllegalArgumentException(
          "An instance cannot start at "
              + wanted
              + ", which is later than "
              + Names.LATEST_TIME
              + ". Nothing was stored.");
    }
    return Names.roundedUpToMillis(wanted);
  }

  private void wake(Instant now, Instant visibleAt) {
    if (visibleAt.isAfter(now)) {
      wakeUps.instanceDueAt(InstanceKind.ORCHESTRATION, visibleAt);
    } else {
      wakeUps.instanceDue(InstanceKind.ORCHESTRATION);
    }
  }

  // ---- again

  /** The policy decides again, in the transaction that starts, whether it has finished. */
  void restart(OrchestrationStatus of) {
    checkKnown(of.name());
    try {
      startAgain(of, of.instanceId(), StartPolicy.REPLACE_FINISHED);
    } catch (InstanceAlreadyExistsException e) {
      throw new InvalidInstanceStateException(
          of.instanceId(), e.currentStatus(), "be restarted under its id", "finished");
    }
  }

  String restartAs(OrchestrationStatus of, @Nullable String newId) {
    checkKnown(of.name());
    return startAgain(of, newId, StartPolicy.REJECT);
  }

  private String startAgain(OrchestrationStatus of, @Nullable String id, StartPolicy policy) {
    return start(of.name(), of.input(), new StartOptions(id, null, policy, null, of.tags()));
  }
}
