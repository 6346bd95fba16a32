package dev.durable.core.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.VersionMismatchException;
import dev.durable.core.spi.Versions;
import dev.durable.core.spi.Versions.Match;
import dev.durable.core.spi.Versions.Mismatch;
import dev.durable.core.testing.Rehearsal;
import dev.durable.core.testing.TestFunctions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which code runs an instance that began with which version. */
class VersionsTest {

  private static TestFunctions deployed(String... versions) {
    TestFunctions functions = new TestFunctions();
    for (String version : versions) {
      functions.orchestrator(
          Rehearsal.NAME, version.equals("none") ? null : version, ctx -> "code " + version);
    }
    return functions;
  }

  private static Rehearsal began(@Nullable String version, Match match, String... deployed) {
    return Rehearsal.of(deployed(deployed)).inVersion(version, new Versions(match, Mismatch.WAIT));
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, 1, 9",
    "NONE, 99, 9",
    "NONE, , 9",
    "STRICT, 3, 3",
    "STRICT, , none",
    "CURRENT_OR_OLDER, 3, 3",
    "CURRENT_OR_OLDER, 1, 3",
    "CURRENT_OR_OLDER, 4.0, 9",
    "CURRENT_OR_OLDER, , none"
  })
  void codeIsChosenByThePolicy(Match match, @Nullable String version, String code) {
    began(version, match, "none", "3", "9").start().completesWith("\"code " + code + "\"");
  }

  @Test
  void anInstanceWithoutVersionIsOlderThanAny() {
    began(null, Match.CURRENT_OR_OLDER, "2", "3").start().completesWith("\"code 2\"");
  }

  @ParameterizedTest
  @CsvSource({"STRICT, 4", "STRICT,", "CURRENT_OR_OLDER, 10"})
  void whereNothingFitsTheInstanceWaits(Match match, @Nullable String version) {
    assertThatThrownBy(() -> began(version, match, "3", "9").start())
        .isInstanceOf(VersionMismatchException.class)
        .hasMessageContaining("deployed here: 3, 9");
  }

  @Test
  void whereNothingFitsTheInstanceFailsIfThatIsWanted() {
    Rehearsal.of(deployed("3"))
        .inVersion("4", new Versions(Match.STRICT, Mismatch.FAIL))
        .start()
        .failsWith(VersionMismatchException.class);
  }

  @Test
  void versionsAreComparedPartByPartAndNumbersByTheirValue() {
    List<String> inOrder =
        List.of("1", "1.0", "1.2", "1.10", "1.10.1", "1.10.rc", "2", "10", "007x", "a", "b.1");

    List<String> sorted = inOrder.stream().sorted((a, b) -> -1).sorted(Versions.ORDER).toList();
    assertThat(sorted).isEqualTo(inOrder);
    assertThat(Versions.ORDER.compare("01.2", "1.02")).isZero();
    assertThat(Versions.ORDER.compare(null, "0")).isNegative();
  }

  @Test
  void aVersionOfTheSameValueFits() {
    TestFunctions functions = new TestFunctions().orchestrator("sample", "1.0", ctx -> null);

    assertThat(Versions.standard().select("sample", "1.00", functions).version()).isEqualTo("1.0");
  }
}
