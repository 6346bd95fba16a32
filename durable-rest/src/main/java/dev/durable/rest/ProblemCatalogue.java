package dev.durable.rest;

import dev.durable.ActivityCancelledException;
import dev.durable.AwaitTimeoutException;
import dev.durable.DurableException;
import dev.durable.EntityLockException;
import dev.durable.EntityLockedException;
import dev.durable.InstanceAlreadyExistsException;
import dev.durable.InstanceFinishedException;
import dev.durable.InstanceNotFoundException;
import dev.durable.InvalidInstanceIdException;
import dev.durable.InvalidInstanceStateException;
import dev.durable.NodeNotFoundException;
import dev.durable.NonDeterminismException;
import dev.durable.OrchestrationFailedException;
import dev.durable.PayloadException;
import dev.durable.RuntimeStatus;
import dev.durable.TaskCanceledException;
import dev.durable.TaskFailedException;
import dev.durable.TaskTimeoutException;
import dev.durable.UnknownFunctionException;
import dev.durable.VersionMismatchException;
import jakarta.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which problem each exception of the product is to a caller. Every one is listed, also those that
 * no caller should ever cause.
 */
final class ProblemCatalogue {

  private static final Map<Class<?>, Function<DurableException, Optional<Problem>>> ENTRIES =
      new LinkedHashMap<>();

  static {
    problem(UnknownFunctionException.class, ProblemCatalogue::unknownFunction);
    problem(InstanceNotFoundException.class, ProblemCatalogue::notFound);
    problem(InvalidInstanceIdException.class, ProblemCatalogue::invalidId);
    problem(InstanceAlreadyExistsException.class, ProblemCatalogue::alreadyExists);
    problem(InstanceFinishedException.class, ProblemCatalogue::finished);
    problem(InvalidInstanceStateException.class, ProblemCatalogue::invalidState);
    problem(VersionMismatchException.class, ProblemCatalogue::unknownVersion);
    problem(EntityLockedException.class, ProblemCatalogue::locked);
    problem(NodeNotFoundException.class, ProblemCatalogue::nodeNotFound);
    problem(PayloadException.class, ProblemCatalogue::payload);
    problem(AwaitTimeoutException.class, ProblemCatalogue::awaitTimeout);
    problem(OrchestrationFailedException.class, ProblemCatalogue::failed);
    // These belong to the code of functions: if one comes out of the client, the engine is at
    // fault, and its words are not for callers.
    internal(ActivityCancelledException.class);
    internal(EntityLockException.class);
    internal(NonDeterminismException.class);
    internal(TaskCanceledException.class);
    internal(TaskFailedException.class);
    internal(TaskTimeoutException.class);
  }

  private ProblemCatalogue() {}

  /**
   * The problem of an exception; empty if it is an error of the server's own, of which the caller
   * learns nothing but an id.
   */
  static Optional<Problem> find(DurableException exception) {
    Function<DurableException, Optional<Problem>> entry = ENTRIES.get(exception.getClass());
    return entry == null ? Optional.empty() : entry.apply(exception);
  }

  /** The exceptions that are listed. */
  static Set<Class<?>> listed() {
    return Set.copyOf(ENTRIES.keySet());
  }

  private static <E extends DurableException> void problem(
      Class<E> type, Function<E, Problem> entry) {
    ENTRIES.put(type, exception -> Optional.of(entry.apply(type.cast(exception))));
  }

  private static void internal(Class<? extends DurableException> type) {
    ENTRIES.put(type, exception -> Optional.empty());
  }

  private static Problem unknownFunction(UnknownFunctionException e) {
    var names = Json.createArrayBuilder();
    e.knownNames().forEach(names::add);
    return Problem.of("unknown-orchestrator", 404, "There is no such orchestrator", e.getMessage())
        .with("knownNames", names.build());
  }

  private static Problem unknownVersion(VersionMismatchException e) {
    var deployed = Json.createArrayBuilder();
    e.deployedVersions().forEach(version -> deployed.add(version == null ? "(none)" : version));
    return Problem.of("unknown-version", 400, "There is no such version", e.getMessage())
        .with("parameter", "version")
        .with("deployedVersions", deployed.build());
  }

  private static Problem notFound(InstanceNotFoundException e) {
    return Problem.of("instance-not-found", 404, "There is no such instance", e.getMessage())
        .with("instanceId", e.instanceId());
  }

  private static Problem invalidId(InvalidInstanceIdException e) {
    return Problem.of("invalid-instance-id", 400, "The instance id is not valid", e.getMessage());
  }

  private static Problem alreadyExists(InstanceAlreadyExistsException e) {
    return about(
        Problem.of("instance-already-exists", 409, "An instance of that id exists", e.getMessage()),
        e.instanceId(),
        e.currentStatus());
  }

  private static Problem finished(InstanceFinishedException e) {
    return finished(e.getMessage(), e.instanceId(), e.currentStatus());
  }

  /** What an unfinished instance refuses, it may do later; what a finished one refuses, never. */
  private static Problem invalidState(InvalidInstanceStateException e) {
    if (e.currentStatus().isFinished()) {
      return finished(e.getMessage(), e.instanceId(), e.currentStatus());
    }
    return about(
        Problem.of(
            "invalid-instance-state",
            409,
            "The instance cannot do that in its status",
            e.getMessage()),
        e.instanceId(),
        e.currentStatus());
  }

  private static Problem finished(String detail, String instanceId, RuntimeStatus status) {
    return about(
        Problem.of("instance-finished", 410, "The instance has finished", detail),
        instanceId,
        status);
  }

  private static Problem locked(EntityLockedException e) {
    return Problem.of("entity-locked", 409, "The entity is locked", e.getMessage())
        .with("entityId", EntityDocument.id(e.entityId()).build())
        .with("lockedBy", e.lockedBy());
  }

  private static Problem nodeNotFound(NodeNotFoundException e) {
    return Problem.of("node-not-found", 404, "There is no such node", e.getMessage())
        .with("node", e.node());
  }

  private static Problem payload(PayloadException e) {
    return switch (e.problem()) {
      case TOO_LARGE ->
          Problem.of("payload-too-large", 413, "The body is too large", e.getMessage());
      case MALFORMED ->
          Problem.of("malformed-payload", 400, "The body is not valid JSON", e.getMessage());
      case MISMATCH -> Problem.of("payload-mismatch", 400, "The body does not fit", e.getMessage());
    };
  }

  private static Problem awaitTimeout(AwaitTimeoutException e) {
    return Problem.of(
        "await-timeout", 504, "The instance has not finished in time", e.getMessage());
  }

  private static Problem failed(OrchestrationFailedException e) {
    return about(
        Problem.of("orchestration-failed", 409, "The instance has failed", e.getMessage()),
        e.instanceId(),
        e.status().runtimeStatus());
  }

  private static Problem about(Problem problem, String instanceId, RuntimeStatus status) {
    return problem.with("instanceId", instanceId).with("currentStatus", StatusNames.of(status));
  }
}
