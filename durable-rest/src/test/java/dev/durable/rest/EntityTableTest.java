package dev.durable.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.EntityId;
import dev.durable.EntityStatus;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Holds what {@code docs/rest.md} says of entities against the engine, cell by cell. */
class EntityTableTest {

  private static final String DOCUMENT = "rest.md";
  private static final String HEADING = "## Entities";
  private static final List<String> SITUATIONS =
      List.of("unknown", "without state", "with state", "locked");
  private static final EntityId ID = new EntityId("counter", "a");
  private static final String OWNER = "audit-1";
  private static final Pattern ANSWER = Pattern.compile("([0-9]{3})(?: `([a-z-]+)`)?");

  @TestFactory
  Stream<DynamicTest> everyRequestAnswersInEverySituationWhatTheDocumentSays() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (List<String> row : rows("| request | unknown | without state | with state | locked |")) {
      for (int i = 0; i < SITUATIONS.size(); i++) {
        String situation = SITUATIONS.get(i);
        String wanted = row.get(i + 1);
        tests.add(
            DynamicTest.dynamicTest(
                row.get(0) + " when " + situation + ": " + wanted,
                () -> {
                  RehearsedHub hub = new RehearsedHub();
                  bring(hub, situation);
                  check(hub, plain(row.get(0)), null, wanted);
                }));
      }
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> everyBadRequestIsRefusedAsTheDocumentSays() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (List<String> row : rows("| request | body | answer |")) {
      String body = plain(row.get(1));
      tests.add(
          DynamicTest.dynamicTest(
              String.join(" ", row),
              () -> {
                RehearsedHub hub = new RehearsedHub();
                bring(hub, "with state");
                check(hub, plain(row.get(0)), body.isEmpty() ? null : body, row.get(2));
              }));
    }
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private static List<List<String>> rows(String head) throws IOException {
    return DocumentedTables.rows(DOCUMENT, HEADING, head);
  }

  private static String plain(String cell) {
    return cell.replace("`", "");
  }

  private static void bring(RehearsedHub hub, String situation) {
    if (!situation.equals("unknown")) {
      hub.client.signalEntity(ID, "add", 3);
      hub.work();
    }
    if (situation.equals("without state")) {
      hub.client.deleteEntity(ID);
      hub.work();
    }
    if (situation.equals("locked")) {
      hub.lock(ID.toString(), OWNER);
    }
    Optional<EntityStatus> status = hub.client.entityStatus(ID);
    assertThat(status.isPresent()).isEqualTo(!situation.equals("unknown"));
    status.ifPresent(
        now -> {
          assertThat(now.hasState()).isEqualTo(!situation.equals("without state"));
          assertThat(now.lockedBy()).isEqualTo(situation.equals("locked") ? OWNER : null);
        });
  }

  private static void check(
      RehearsedHub hub, String request, @Nullable String body, String wanted) {
    Matcher answer = ANSWER.matcher(wanted);
    assertThat(answer.matches()).as(wanted).isTrue();
    Optional<EntityStatus> before = hub.client.entityStatus(ID);

    Answer given = new Requests(hub.client).send(request, body);
    hub.work();

    assertThat(given.status()).as(given.body()).isEqualTo(Integer.parseInt(answer.group(1)));
    if (given.status() >= 400) {
      assertRefused(given, answer.group(2));
      assertThat(hub.client.entityStatus(ID)).as("nothing was changed").isEqualTo(before);
    } else {
      assertThat(answer.group(2)).as("kind of a problem").isNull();
      assertThat(given.mediaType()).isEqualTo("application/json");
    }
  }

  private static void assertRefused(Answer answer, String kind) {
    JsonObject problem = Statuses.object(answer);
    assertThat(answer.mediaType()).isEqualTo(Problem.MEDIA_TYPE);
    assertThat(problem.getString("type")).isEqualTo("urn:durable:problem:" + kind);
    assertThat(problem.getString("title")).isNotBlank();
    assertThat(problem.getString("detail")).isNotBlank();
    assertThat(problem.getInt("status")).isEqualTo(answer.status());
  }
}
