package dev.durable.core.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.InvalidInstanceIdException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "A-Z_0.9:x", "user@example.com", "-", "...", ".a", "..a"})
  void goodIdsAreAccepted(String id) {
    assertThat(Names.checkInstanceId(id)).isEqualTo(id);
  }

  @Test
  void anIdMayHaveTwoHundredCharacters() {
    assertThat(Names.checkInstanceId("x".repeat(200))).hasSize(200);
    assertThatThrownBy(() -> Names.checkInstanceId("x".repeat(201)))
        .isInstanceOf(InvalidInstanceIdException.class)
        .hasMessageContaining("201 characters; allowed are 1 to 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "@entity", "a b", "a/b", "a%b", "\u00e4", "a\nb", "a\u0000", "\u0661", ".", ".."
      })
  void badIdsAreRefused(String id) {
    assertThatThrownBy(() -> Names.checkInstanceId(id))
        .isInstanceOf(InvalidInstanceIdException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a", "user@"})
  void aPrefixIsAnyBeginningOfAnId(String prefix) {
    assertThat(Names.checkInstanceIdPrefix(prefix)).isEqualTo(prefix);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@", "@entity", "a b", "a/b", "\u00e4"})
  void aPrefixThatNoIdHasIsRefused(String prefix) {
    assertThatThrownBy(() -> Names.checkInstanceIdPrefix(prefix))
        .isInstanceOf(InvalidInstanceIdException.class);
    assertThatThrownBy(() -> Names.checkInstanceIdPrefix("x".repeat(201)))
        .isInstanceOf(InvalidInstanceIdException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a@b", "a b", "a/b", "\u00e4"})
  void badFunctionNamesAreRefused(String name) {
    assertThatThrownBy(() -> Names.checkFunction(name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"approval", "Approval given", "\u00e4", "\ud83d\ude80", "a/b%"})
  void eventNamesMayBeAnythingPrintable(String name) {
    assertThat(Names.checkEvent(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "a\u0000b", "a\u007f"})
  void badEventNamesAreRefused(String name) {
    assertThatThrownBy(() -> Names.checkEvent(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void timesAreRoundedUpToMilliseconds() {
    Instant whole = Instant.ofEpochMilli(1234);
    assertThat(Names.roundedUpToMillis(whole)).isEqualTo(whole);
    assertThat(Names.roundedUpToMillis(whole.plusNanos(1))).isEqualTo(whole.plusMillis(1));
    assertThat(Names.roundedUpToMillis(whole.minusNanos(1))).isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1.0.0", "2026-11-21", "v_2"})
  void aVersionIsMadeOfLettersDigitsAndSomeMarks(String version) {
    assertThat(Names.checkVersion(version)).isEqualTo(version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1:2", "a b", "\n"})
  void anythingElseIsNoVersion(String version) {
    assertThatThrownBy(() -> Names.checkVersion(version))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("allowed are 1 to 100 characters of A-Z a-z 0-9 _ . -")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> Names.checkVersion("1".repeat(101)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void idsOfEventsAndPatchesArePrintable() {
    assertThat(Names.checkEventId("payment 7/ü")).isEqualTo("payment 7/ü");
    assertThatThrownBy(() -> Names.checkEventId("a ")).hasMessageContaining("ends with a blank");
    assertThatThrownBy(() -> Names.checkEventId("a\tb")).hasMessageContaining("event id");
    assertThatThrownBy(() -> Names.checkEventId("x".repeat(201)))
        .hasMessageContaining("has 201 characters; allowed are 1 to 200");
    assertThatThrownBy(() -> Names.checkPatch("x".repeat(101)))
        .hasMessageContaining("has 101 characters; allowed are 1 to 100");
  }
}
