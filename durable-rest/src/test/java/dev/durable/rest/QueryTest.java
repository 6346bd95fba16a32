package dev.durable.rest;

import static dev.durable.rest.Statuses.NO_QUERY;
import static dev.durable.rest.Statuses.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.RuntimeStatus;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

  private static final Duration LONGEST = Duration.ofSeconds(230);

  @Test
  void whatIsMissingOrEmptyHasItsDefault() {
    for (Query none : new Query[] {NO_QUERY, query("q", "")}) {
      assertThat(none.text("q")).isEmpty();
      assertThat(none.flag("q", true)).isTrue();
      assertThat(none.number("q", 1, 9, 5)).isEqualTo(5);
      assertThat(none.seconds("q", LONGEST)).isEmpty();
      assertThat(none.instant("q")).isEmpty();
      assertThat(none.statuses("q")).isEmpty();
    }
  }

  @Test
  void valuesAreRead() {
    assertThat(query("q", "False").flag("q", true)).isFalse();
    assertThat(query("q", "9").number("q", 1, 9, 5)).isEqualTo(9);
    assertThat(query("q", "0.25").seconds("q", LONGEST)).contains(Duration.ofMillis(250));
    assertThat(query("q", "230").seconds("q", LONGEST)).contains(LONGEST);
    assertThat(query("q", "2026-01-31T10:00:00.5Z").instant("q"))
        .contains(Instant.parse("2026-01-31T10:00:00.500Z"));
    assertThat(query("q", "COMPLETED,pending").statuses("q"))
        .containsExactlyInAnyOrder(RuntimeStatus.COMPLETED, RuntimeStatus.PENDING);
  }

  @Test
  void aRefusalNamesParameterValueAndWhatIsAllowed() {
    refused(
        () -> query("runtimeStatus", "Running,Canceled").statuses("runtimeStatus"),
        "The parameter runtimeStatus is \"Running,Canceled\"; allowed: a comma list of Pending, Running, Suspended, Blocked, Completed, Failed, Terminated.");
    refused(
        () -> query("top", "1001").number("top", 1, 1000, 100),
        "The parameter top is \"1001\"; allowed: a whole number from 1 to 1000.");
    refused(
        () -> query("showInput", "yes").flag("showInput", true),
        "The parameter showInput is \"yes\"; allowed: true, false.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "1e3",
        "1e999999999",
        "230.1",
        "PT5S",
        "1,5",
        "99999999999",
        "0.0000000001"
      })
  void secondsThatAreNoneAreRefused(String value) {
    assertThatThrownBy(() -> query("timeout", value).seconds("timeout", LONGEST))
        .isInstanceOf(Refusal.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tomorrow",
        "2026-01-31",
        "2026-01-31T10:00:00",
        "1969-12-31T23:59:59Z",
        "9999-12-31T23:59:59.9991Z",
        "+10000-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59Z"
      })
  void instantsThatAreNoneOrCannotBeStoredAreRefused(String value) {
    assertThatThrownBy(() -> query("startAt", value).instant("startAt"))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void whatIsShownBackIsCutAndPrintable() {
    String shown = Shown.cut("a\r\nb\u001b[31m\u2028\u202e\u0000" + "x".repeat(200));

    assertThat(shown).startsWith("a??b?[31m???xxx").endsWith("...").hasSize(103);
  }

  private static void refused(ThrowingCallable reading, String detail) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.problem().status()).isEqualTo(400);
              assertThat(refusal.problem().detail()).isEqualTo(detail);
              assertThat(refusal.problem().extensions())
                  .containsKeys("parameter", "value", "allowed");
            });
  }
}
