package dev.durable.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.rest.LifeCycleTable.Cell;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds {@code docs/life-cycle.md} against the code, cell by cell. */
class LifeCycleTableTest {

  private static final String ID = "order-1";
  private static final String OTHER_ID = "order-2";

  @TestFactory
  Stream<DynamicTest> everyActionAnswersInEveryStatusWhatTheDocumentSays() throws IOException {
    return LifeCycleTable.cells().stream()
        .map(cell -> DynamicTest.dynamicTest(cell.toString(), () -> check(cell)));
  }

  private static void check(Cell cell) {
    RehearsedHub hub = new RehearsedHub();
    cell.before().ifPresent(status -> hub.bring(ID, status));
    Optional<OrchestrationStatus> before = hub.client.status(ID);
    assertThat(before.map(OrchestrationStatus::runtimeStatus)).isEqualTo(cell.before());
    if (cell.action().equals("resume")) {
      hub.deployNewVersion(); // what a blocked instance waits for
    }

    Answer answer = new Requests(hub.client).send(filled(cell.request()));
    hub.work();

    assertThat(answer.status()).as("%s, %s", cell, answer.body()).isEqualTo(cell.answer());
    if (cell.answer() >= 300) {
      assertRefused(answer, cell, before, hub);
    } else {
      assertDone(answer, cell, before, hub);
    }
  }

  private static String filled(String request) {
    return request
        .replace("{name}", RehearsedHub.ORCHESTRATOR)
        .replace("{id}", ID)
        .replace("{newId}", OTHER_ID)
        .replace("{eventName}", "unexpected");
  }

  private static void assertRefused(
      Answer answer, Cell cell, Optional<OrchestrationStatus> before, RehearsedHub hub) {
    JsonObject problem = Statuses.object(answer);
    assertThat(answer.mediaType()).isEqualTo(Problem.MEDIA_TYPE);
    assertThat(problem.getString("instanceId")).isEqualTo(ID);
    assertThat(problem.getString("currentStatus", null))
        .isEqualTo(cell.before().map(StatusNames::of).orElse(null));
    assertThat(hub.client.status(ID)).as("nothing was changed").isEqualTo(before);
  }

  private static void assertDone(
      Answer answer, Cell cell, Optional<OrchestrationStatus> before, RehearsedHub hub) {
    Optional<OrchestrationStatus> now = hub.client.status(ID);
    String after = cell.after().orElse("");
    if (after.equals("gone")) {
      assertThat(now).isEmpty();
    } else if (after.equals("new")) {
      assertThat(now.orElseThrow().runtimeStatus()).isEqualTo(RuntimeStatus.RUNNING);
      assertThat(now.map(OrchestrationStatus::executionId))
          .isNotEqualTo(before.map(OrchestrationStatus::executionId));
    } else {
      Optional<RuntimeStatus> wanted =
          cell.after().map(name -> StatusNames.parse(name).orElseThrow()).or(cell::before);
      assertThat(now.map(OrchestrationStatus::runtimeStatus)).isEqualTo(wanted);
      assertThat(now.map(OrchestrationStatus::executionId))
          .isEqualTo(before.map(OrchestrationStatus::executionId));
    }
    if (cell.request().startsWith("DELETE")) {
      assertThat(Statuses.object(answer).getInt("instancesDeleted"))
          .isEqualTo(after.equals("gone") ? 1 : 0);
    } else {
      boolean other = cell.request().contains("{newId}");
      String seen = other ? OTHER_ID : ID;
      assertThat(answer.headers()).containsEntry("Location", Statuses.LINKS.status(seen));
      assertThat(hub.client.status(OTHER_ID).isPresent()).isEqualTo(other);
    }
  }

  @Test
  void theDocumentHasEveryStatusForEveryAction() throws IOException {
    Map<String, List<Optional<RuntimeStatus>>> columns =
        LifeCycleTable.cells().stream()
            .collect(
                Collectors.groupingBy(
                    Cell::action, Collectors.mapping(Cell::before, Collectors.toList())));
    Set<Optional<RuntimeStatus>> all =
        Arrays.stream(RuntimeStatus.values()).map(Optional::of).collect(Collectors.toSet());
    all.add(Optional.empty());

    assertThat(columns)
        .isNotEmpty()
        .allSatisfy(
            (action, statuses) -> assertThat(statuses).containsExactlyInAnyOrderElementsOf(all));
  }

  @Test
  void theDocumentHasEveryRequestThatChangesAnInstance() throws IOException {
    Set<String> documented =
        LifeCycleTable.cells().stream()
            .map(cell -> cell.request().replaceFirst("\\?.*", "").replaceAll("\\{[^}]*}", "{}"))
            .collect(Collectors.toSet());
    Set<String> existing = new HashSet<>();
    Collections.addAll(existing, requests(OrchestratorsResource.class));
    Collections.addAll(existing, requests(InstancesResource.class));
    Collections.addAll(existing, requests(LifeCycleResource.class));
    existing.remove("POST /orchestrators/{}"); // its id is new, so no instance has it

    assertThat(documented).isEqualTo(existing);
  }

  private static String[] requests(Class<?> resource) {
    return Arrays.stream(resource.getDeclaredMethods())
        .filter(
            method ->
                method.isAnnotationPresent(POST.class) || method.isAnnotationPresent(DELETE.class))
        .map(method -> request(resource, method))
        .toArray(String[]::new);
  }

  private static String request(Class<?> resource, Method method) {
    Path below = method.getAnnotation(Path.class);
    return (method.isAnnotationPresent(POST.class) ? "POST /" : "DELETE /")
        + resource.getAnnotation(Path.class).value()
        + (below == null ? "" : "/" + below.value().replaceAll("\\{[^}]*}", "{}"));
  }
}
