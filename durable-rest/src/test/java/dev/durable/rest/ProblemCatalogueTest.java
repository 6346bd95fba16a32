package dev.durable.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.ActivityCancelledException;
import dev.durable.AwaitTimeoutException;
import dev.durable.DurableException;
import dev.durable.EntityId;
import dev.durable.EntityLockException;
import dev.durable.EntityLockedException;
import dev.durable.FailureDetails;
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
import jakarta.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProblemCatalogueTest {

  @Test
  void everyExceptionOfTheProductIsListed() throws Exception {
    assertThat(exceptionsOfTheApi()).isNotEmpty().isEqualTo(ProblemCatalogue.listed());
  }

  @Test
  void anUnknownOrchestratorIsNotFoundAndTheKnownOnesAreNamed() {
    JsonObject problem =
        problem(
            new UnknownFunctionException("orchestrator", "gret", List.of("greet", "fulfil-order")),
            404);

    assertThat(problem.getJsonArray("knownNames").toString())
        .isEqualTo("[\"fulfil-order\",\"greet\"]");
    assertThat(problem.getString("detail")).contains("gret", "fulfil-order, greet");
  }

  @Test
  void anUnknownVersionIsABadParameterAndThoseDeployedAreNamed() {
    JsonObject problem =
        problem(new VersionMismatchException("greet", "3", Arrays.asList(null, "2")), 400);

    assertThat(problem.getString("parameter")).isEqualTo("version");
    assertThat(problem.getJsonArray("deployedVersions").toString()).isEqualTo("[\"(none)\",\"2\"]");
  }

  @Test
  void anUnknownInstanceIsNotFound() {
    assertThat(problem(new InstanceNotFoundException("i"), 404).getString("instanceId"))
        .isEqualTo("i");
  }

  @Test
  void anInvalidIdIsABadRequest() {
    assertThat(problem(new InvalidInstanceIdException("a b", "no blanks"), 400).getString("detail"))
        .contains("no blanks");
  }

  @Test
  void anInstanceThatExistsIsAConflictAndItsStatusIsTold() {
    JsonObject problem =
        problem(new InstanceAlreadyExistsException("i", RuntimeStatus.RUNNING), 409);

    assertThat(problem.getString("instanceId")).isEqualTo("i");
    assertThat(problem.getString("currentStatus")).isEqualTo("Running");
  }

  @Test
  void whatAStatusRefusesIsAConflictWithThatStatus() {
    JsonObject problem =
        problem(
            new InvalidInstanceStateException("i", RuntimeStatus.RUNNING, "be rewound", "FAILED"),
            409);

    assertThat(problem.getString("instanceId")).isEqualTo("i");
    assertThat(problem.getString("currentStatus")).isEqualTo("Running");
    assertThat(problem.getString("detail")).contains("cannot be rewound");
  }

  @Test
  void aFinishedInstanceIsGoneAndItsStatusIsTold() {
    JsonObject problem = problem(new InstanceFinishedException("i", RuntimeStatus.TERMINATED), 410);

    assertThat(problem.getString("instanceId")).isEqualTo("i");
    assertThat(problem.getString("currentStatus")).isEqualTo("Terminated");
  }

  @Test
  void whatAFinishedInstanceCannotDoIsGoneForGood() {
    JsonObject problem =
        problem(
            new InvalidInstanceStateException("i", RuntimeStatus.COMPLETED, "be rewound", "FAILED"),
            410);

    assertThat(problem.getString("type")).isEqualTo("urn:durable:problem:instance-finished");
    assertThat(problem.getString("currentStatus")).isEqualTo("Completed");
  }

  @Test
  void aPayloadIsBadOrTooLarge() {
    String where = "JSON text ends at line 1, column 7";

    assertThat(
            problem(new PayloadException(PayloadException.Problem.MALFORMED, where), 400)
                .getString("detail"))
        .isEqualTo(where);
    problem(new PayloadException(PayloadException.Problem.MISMATCH, "a number"), 400);
    problem(new PayloadException(PayloadException.Problem.TOO_LARGE, "2 MB"), 413);
  }

  @Test
  void aPayloadThatDoesNotFitIsNotCalledMalformed() {
    JsonObject problem =
        problem(new PayloadException(PayloadException.Problem.MISMATCH, "a number"), 400);

    assertThat(problem.getString("type")).isEqualTo("urn:durable:problem:payload-mismatch");
  }

  @Test
  void aLockedEntityIsAConflictAndTheOwnerIsTold() {
    JsonObject problem =
        problem(new EntityLockedException(new EntityId("counter", "a"), "audit-1"), 409);

    assertThat(problem.getString("type")).isEqualTo("urn:durable:problem:entity-locked");
    assertThat(problem.getJsonObject("entityId"))
        .hasToString("{\"name\":\"counter\",\"key\":\"a\"}");
    assertThat(problem.getString("lockedBy")).isEqualTo("audit-1");
  }

  @Test
  void aNodeThatIsNotThereIsNotFound() {
    JsonObject problem = problem(new NodeNotFoundException("shop-c-3"), 404);

    assertThat(problem.getString("type")).isEqualTo("urn:durable:problem:node-not-found");
    assertThat(problem.getString("node")).isEqualTo("shop-c-3");
  }

  @Test
  void waitingInVainIsATimeout() {
    problem(new AwaitTimeoutException("5 s"), 504);
  }

  @Test
  void aFailedInstanceIsAConflict() {
    var failed = new OrchestrationFailedException(Statuses.of("i", RuntimeStatus.FAILED));

    assertThat(problem(failed, 409).getString("currentStatus")).isEqualTo("Failed");
  }

  @Test
  void whatOnlyOrchestratorsMaySeeIsAnInternalError() {
    FailureDetails failure = new FailureDetails("app.Secret", "inner words", "", null, false);

    assertThat(ProblemCatalogue.find(new ActivityCancelledException("x"))).isEmpty();
    assertThat(ProblemCatalogue.find(new EntityLockException("x"))).isEmpty();
    assertThat(ProblemCatalogue.find(new NonDeterminismException("x"))).isEmpty();
    assertThat(ProblemCatalogue.find(new TaskCanceledException("x"))).isEmpty();
    assertThat(ProblemCatalogue.find(new TaskFailedException(1, "charge", failure))).isEmpty();
    assertThat(ProblemCatalogue.find(new TaskTimeoutException("x"))).isEmpty();
  }

  @Test
  void aProblemHasTheMembersOfTheStandard() {
    JsonObject problem = problem(new InstanceNotFoundException("i"), 404);

    assertThat(problem.keySet())
        .containsExactly("type", "title", "status", "detail", "instance", "instanceId");
    assertThat(problem.getString("type")).isEqualTo("urn:durable:problem:instance-not-found");
    assertThat(problem.getString("instance")).isEqualTo("/durable/api/v1/instances/i");
  }

  @Test
  void anInternalErrorTellsNothingButAnId() {
    Answer answer = Answer.problem(ServerProblems.unexpected("e-1"), "/p");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.mediaType()).isEqualTo("application/problem+json");
    assertThat(Statuses.object(answer).getString("errorId")).isEqualTo("e-1");
  }

  private static JsonObject problem(DurableException exception, int status) {
    Answer answer =
        Answer.problem(
            ProblemCatalogue.find(exception).orElseThrow(), "/durable/api/v1/instances/i");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(Statuses.object(answer).getInt("status")).isEqualTo(status);
    return Statuses.object(answer);
  }

  private static Set<Class<?>> exceptionsOfTheApi()
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path home =
        Path.of(DurableException.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(home)) {
      return exceptionsIn(home.resolve("dev/durable"));
    }
    try (FileSystem jar = FileSystems.newFileSystem(home)) {
      return exceptionsIn(jar.getPath("dev/durable"));
    }
  }

  private static Set<Class<?>> exceptionsIn(Path folder)
      throws IOException, ClassNotFoundException {
    Set<Class<?>> found = new HashSet<>();
    List<String> files;
    try (var listed = Files.list(folder)) {
      files =
          listed
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".class"))
              .toList();
    }
    for (String file : files) {
      Class<?> type =
          Class.forName("dev.durable." + file.substring(0, file.length() - ".class".length()));
      if (DurableException.class.isAssignableFrom(type)
          && !Modifier.isAbstract(type.getModifiers())) {
        found.add(type);
      }
    }
    return found;
  }
}
