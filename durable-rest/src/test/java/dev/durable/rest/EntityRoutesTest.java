package dev.durable.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.junit.jupiter.api.Test;

/** Holds the routes of entities against their documents: {@code docs/rest.md} and the OpenAPI. */
class EntityRoutesTest {

  private static final String HEADING = "## Entities";
  private static final Pattern REQUEST = Pattern.compile("`([^`]*)`.*");

  @Test
  void theDocumentHasEveryRouteWithEveryAnswerThatTheApiDescriptionHas() throws IOException {
    Map<String, Set<String>> documented = new TreeMap<>();
    for (List<String> row : rows("| request | does | answers |")) {
      documented.put(request(row.get(0)), new TreeSet<>(List.of(row.get(2).split(", "))));
    }
    Map<String, Set<String>> described =
        routes()
            .collect(
                Collectors.toMap(
                    EntityRoutesTest::request,
                    EntityRoutesTest::answers,
                    (one, other) -> one,
                    TreeMap::new));

    assertThat(described).isNotEmpty();
    assertThat(documented).isEqualTo(described);
  }

  @Test
  void everyRouteIsTriedInEverySituationAndWithBadInput() throws IOException {
    Set<String> all = routes().map(EntityRoutesTest::request).collect(Collectors.toSet());

    assertThat(tried("| request | unknown | without state | with state | locked |")).isEqualTo(all);
    assertThat(tried("| request | body | answer |")).isEqualTo(all);
  }

  @Test
  void theDocumentHasEveryParameter() throws IOException {
    String text = Files.readString(java.nio.file.Path.of("..", "docs", "rest.md"));
    String entities = text.substring(text.indexOf(HEADING), text.indexOf("## Nodes"));
    Set<String> parameters =
        routes()
            .flatMap(route -> Arrays.stream(route.getAnnotationsByType(Parameter.class)))
            .map(parameter -> parameter.ref().isEmpty() ? parameter.name() : parameter.ref())
            .filter(name -> !name.equals(Pages.TOKEN_HEADER)) // said of the list of instances
            .collect(Collectors.toSet());

    assertThat(parameters)
        .contains("op", "at", "signalId", "Idempotency-Key", "allowLocked", "emptyFor")
        .allSatisfy(name -> assertThat(entities).contains(name));
  }

  @Test
  void lookingIsForAllRolesSignallingForTwoAndDeletingForOne() {
    assertThat(allRoutes())
        .allSatisfy(
            route -> {
              boolean looks = route.isAnnotationPresent(GET.class);
              boolean signals = route.getName().equals("signal");
              assertThat(route.getAnnotation(RolesAllowed.class).value())
                  .as(route.getName())
                  .containsExactly(
                      looks
                          ? new String[] {Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN}
                          : signals
                              ? new String[] {Roles.OPERATOR, Roles.ADMIN}
                              : new String[] {Roles.ADMIN});
            });
  }

  @Test
  void anEntityMayBeCalledLikeTheActionAndIsListedAllTheSame() throws Exception {
    Set<String> onThatPath =
        allRoutes()
            .filter(route -> path(route).equals("/" + EntityActionsResource.CLEAN_UP))
            .map(EntityRoutesTest::request)
            .collect(Collectors.toSet());

    assertThat(onThatPath)
        .containsExactlyInAnyOrder("GET /entities/cleanup", "POST /entities/cleanup");
  }

  private static Set<String> tried(String head) throws IOException {
    Set<String> tried = new TreeSet<>();
    for (List<String> row : rows(head)) {
      String[] methodAndPath = request(row.get(0)).replaceFirst("\\?.*", "").split(" ", 2);
      String[] parts = methodAndPath[1].split("/");
      boolean action = methodAndPath[1].equals("/entities/" + EntityActionsResource.CLEAN_UP);
      if (parts.length > 2 && !action) {
        parts[2] = "{name}";
      }
      if (parts.length > 3) {
        parts[3] = "{key}";
      }
      tried.add(methodAndPath[0] + " " + String.join("/", parts));
    }
    return tried;
  }

  private static List<List<String>> rows(String head) throws IOException {
    return DocumentedTables.rows("rest.md", HEADING, head);
  }

  private static String request(String cell) {
    return REQUEST.matcher(cell).replaceFirst("$1");
  }

  /** Those that are described. */
  private static Stream<Method> routes() {
    return allRoutes().filter(route -> !route.getAnnotation(Operation.class).hidden());
  }

  private static Stream<Method> allRoutes() {
    return Stream.of(EntitiesResource.class, EntityActionsResource.class)
        .flatMap(resource -> Arrays.stream(resource.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Operation.class));
  }

  private static String request(Method route) {
    String method =
        route.isAnnotationPresent(GET.class)
            ? "GET"
            : route.isAnnotationPresent(DELETE.class) ? "DELETE" : "POST";
    assertThat(method.equals("POST")).isEqualTo(route.isAnnotationPresent(POST.class));
    return method + " /entities" + path(route);
  }

  private static String path(Method route) {
    assertThat(route.getDeclaringClass().getAnnotation(Path.class).value()).isEqualTo("entities");
    Path below = route.getAnnotation(Path.class);
    return below == null ? "" : "/" + below.value();
  }

  private static Set<String> answers(Method route) {
    return Arrays.stream(route.getAnnotationsByType(APIResponse.class))
        .map(APIResponse::responseCode)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
