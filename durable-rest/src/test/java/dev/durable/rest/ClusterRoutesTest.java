package dev.durable.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the routes about nodes against their documents: {@code docs/rest.md} and the OpenAPI. */
class ClusterRoutesTest {

  private static final String HEADING = "## Nodes";
  private static final Pattern REQUEST = Pattern.compile("`([^`]*)`.*");
  private static final Pattern ANSWER = Pattern.compile("([0-9]{3})(?: `([a-z-]+)`)?");

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
                    ClusterRoutesTest::request,
                    ClusterRoutesTest::answers,
                    (one, other) -> one,
                    TreeMap::new));

    assertThat(described).hasSize(7);
    assertThat(documented).isEqualTo(described);
  }

  @TestFactory
  Stream<DynamicTest> everyRequestAnswersWhatTheDocumentSays() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (List<String> row : rows("| request | answer |")) {
      tests.add(
          DynamicTest.dynamicTest(
              String.join(" ", row), () -> check(request(row.get(0)), row.get(1))));
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private static void check(String request, String wanted) {
    Matcher answer = ANSWER.matcher(wanted);
    assertThat(answer.matches()).as(wanted).isTrue();

    Answer given = send(request.split(" ", 2)[1].substring(1).split("/"));

    assertThat(given.status()).as(given.body()).isEqualTo(Integer.parseInt(answer.group(1)));
    if (answer.group(2) != null) {
      assertThat(Statuses.object(given).getString("type"))
          .isEqualTo("urn:durable:problem:" + answer.group(2));
    }
  }

  private static Answer send(String[] path) {
    Nodes nodes = new Nodes(new FakeCluster());
    try {
      if (path.length == 1) {
        return nodes.list();
      }
      return path.length == 2
          ? nodes.one(path[1])
          : path[2].equals("drain")
              ? nodes.drain(path[1], Statuses.LINKS)
              : nodes.resume(path[1], Statuses.LINKS);
    } catch (RuntimeException e) {
      return Answer.problem(ProblemMapper.known(e).orElseThrow(() -> e), "/nodes");
    }
  }

  @Test
  void lookingIsForAllRolesAndTakingNodesOutOfWorkForOne() {
    assertThat(routes())
        .allSatisfy(
            route ->
                assertThat(route.getAnnotation(RolesAllowed.class).value())
                    .as(route.getName())
                    .containsExactly(
                        route.isAnnotationPresent(GET.class)
                            ? new String[] {Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN}
                            : new String[] {Roles.ADMIN}));
  }

  private static List<List<String>> rows(String head) throws IOException {
    return DocumentedTables.rows("rest.md", HEADING, head);
  }

  private static String request(String cell) {
    return REQUEST.matcher(cell).replaceFirst("$1");
  }

  private static Stream<Method> routes() {
    return Stream.of(
            NodesResource.class,
            PartitionsResource.class,
            ScaleResource.class,
            WatchdogResource.class)
        .flatMap(resource -> Arrays.stream(resource.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Operation.class));
  }

  private static String request(Method route) {
    assertThat(route.isAnnotationPresent(GET.class))
        .isNotEqualTo(route.isAnnotationPresent(POST.class));
    Path below = route.getAnnotation(Path.class);
    return (route.isAnnotationPresent(GET.class) ? "GET" : "POST")
        + " /"
        + route.getDeclaringClass().getAnnotation(Path.class).value()
        + (below == null ? "" : "/" + below.value());
  }

  private static Set<String> answers(Method route) {
    return Arrays.stream(route.getAnnotationsByType(APIResponse.class))
        .map(APIResponse::responseCode)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
