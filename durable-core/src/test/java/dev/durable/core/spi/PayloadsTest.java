package dev.durable.core.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.durable.PayloadException;
import dev.durable.PayloadException.Problem;
import dev.durable.core.testing.JsonbConverter;
import java.lang.reflect.Type;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadsTest {

  private final Payloads payloads = new Payloads(new JsonbConverter(), 100);

  private Problem problem(String json) {
    PayloadException thrown =
        catchThrowableOfType(
            PayloadException.class, () -> payloads.check(json, "the input of charge"));
    assertThat(thrown).as(json).isNotNull().hasMessageNotContaining("secret");
    return thrown.problem();
  }

  @Test
  void valuesGoOutAndComeBack() {
    assertThat(payloads.read(payloads.write("a \"b\" \u00e4 \ud83d\ude80", "x"), String.class, "x"))
        .isEqualTo("a \"b\" \u00e4 \ud83d\ude80");
    assertThat(payloads.read(payloads.write(List.of(1, 2), "x"), Integer[].class, "x"))
        .isEqualTo(new Integer[] {1, 2});
  }

  @Test
  void nothingStaysNothing() {
    assertThat(payloads.write(null, "x")).isNull();
    assertThat(payloads.check(null, "x")).isNull();
    assertThat(payloads.read(null, String.class, "x")).isNull();
  }

  @Test
  void whereNoValueIsWantedNoneIsRead() {
    assertThat(payloads.read("{not json", Void.class, "x")).isNull();
    assertThat(payloads.read("{not json", void.class, "x")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "\"a\"", "null", "true", "[]", "{\"a\":[1,{\"b\":null}]}", " { } ", "-1.5e3"})
  void anyJsonValueIsAccepted(String json) {
    assertThat(payloads.check(json, "x")).isSameAs(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"secret\":}",
        "[1,]",
        "1 2",
        "{} x",
        "'secret'",
        "nul",
        "\"a",
        "{\"a\":1}}",
        "\"\\u12\"",
        "\"\\x\""
      })
  void whatIsNotOneJsonValueIsMalformed(String json) {
    assertThat(problem(json)).isEqualTo(Problem.MALFORMED);
  }

  @Test
  void aTextThatIsNestedTooDeeplyIsMalformed() {
    Payloads large = new Payloads(new JsonbConverter(), 1_000_000);

    for (String json : List.of("[".repeat(100_000), "[".repeat(100_000) + "]".repeat(100_000))) {
      assertThatThrownBy(() -> large.check(json, "the input of charge"))
          .isInstanceOfSatisfying(
              PayloadException.class, e -> assertThat(e.problem()).isEqualTo(Problem.MALFORMED));
    }
  }

  /** Its parser recurses and gives up. */
  private static final class GivingUp implements DataConverter {
    @Override
    public String write(Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Object read(String json, Type type) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void check(String json) {
      if (json.startsWith("[")) {
        check(json);
      }
      throw new IllegalStateException("cannot read " + json);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"secret\"]", "\"secret\""})
  void whateverAParserThrowsMeansMalformed(String json) {
    assertThatThrownBy(() -> new Payloads(new GivingUp(), 100).check(json, "the input of charge"))
        .isInstanceOfSatisfying(
            PayloadException.class, e -> assertThat(e.problem()).isEqualTo(Problem.MALFORMED))
        .hasMessageContaining("the input of charge")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a\u0000b\"",
        "\"\\u0000\"",
        "\"\\uD83D\"",
        "\"\\ude80\"",
        "\"\\ud83d \\ude80\"",
        "\"\\ud83d\\ud83d\"",
        "\"\\ud83dx\""
      })
  void whatDatabasesCannotStoreIsMalformed(String json) {
    assertThat(problem(json)).isEqualTo(Problem.MALFORMED);
  }

  @Test
  void halfOfASurrogatePairIsMalformed() {
    assertThat(problem("\"" + (char) 0xD83D + "\"")).isEqualTo(Problem.MALFORMED);
    assertThat(problem("\"" + (char) 0xDE80 + "\"")).isEqualTo(Problem.MALFORMED);
    assertThatThrownBy(() -> payloads.write("x" + (char) 0xD83D, "the input of charge"))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining(
            "JSON text given as the input of charge holds half of a surrogate pair at position 2");
  }

  @Test
  void theCharacterZeroCannotBeWritten() {
    assertThatThrownBy(() -> payloads.write("a\u0000", "x"))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("U+0000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\\\u0000\"",
        "\"\\\\ud83d\"",
        "\"\\ud83d\\ude80\"",
        "\"\\u00e4\"",
        "\"\\\\\\\\\""
      })
  void whatOnlyLooksLikeThatIsAccepted(String json) {
    assertThat(payloads.check(json, "x")).isEqualTo(json);
  }

  @Test
  void aPayloadMayBeAsLargeAsAllowedInBytesOfUtf8() {
    assertThat(payloads.check("\"" + "x".repeat(98) + "\"", "x")).hasSize(100);
    assertThat(payloads.check("\"" + "\u00e4".repeat(49) + "\"", "x")).isNotNull();
    assertThat(payloads.check("\"" + "\u20ac".repeat(32) + "\"", "x")).isNotNull();
    assertThat(payloads.check("\"" + "\ud83d\ude80".repeat(24) + "\"", "x")).isNotNull();
    assertThat(payloads.check("\"" + "\\n".repeat(49) + "\"", "x")).isNotNull();
    assertThat(payloads.check("\"" + "\\ud83d\\ude80".repeat(8) + "\"", "x")).isNotNull();
  }

  @Test
  void aPayloadThatIsLargerIsTooLarge() {
    assertThat(problem("\"" + "x".repeat(99) + "\"")).isEqualTo(Problem.TOO_LARGE);
    assertThat(problem("\"" + "\u00e4".repeat(50) + "\"")).isEqualTo(Problem.TOO_LARGE);
    assertThat(problem("\"" + "\u20ac".repeat(33) + "\"")).isEqualTo(Problem.TOO_LARGE);
    assertThat(problem("\"" + "\ud83d\ude80".repeat(25) + "\"")).isEqualTo(Problem.TOO_LARGE);
    assertThat(problem("\"" + "\\n".repeat(50) + "\"")).isEqualTo(Problem.TOO_LARGE);
    assertThat(problem("\"" + "\\ud83d\\ude80".repeat(9) + "\"")).isEqualTo(Problem.TOO_LARGE);
    assertThatThrownBy(() -> payloads.write("x".repeat(99), "the result of charge"))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining(
            "the result of charge is larger than the 100 bytes allowed (durable.max-payload-size)");
  }

  @Test
  void aValueThatCannotBeWrittenIsAMismatchThatNamesItsClass() {
    assertThatThrownBy(() -> payloads.write(new Endless(), "the input of charge"))
        .isInstanceOfSatisfying(
            PayloadException.class, e -> assertThat(e.problem()).isEqualTo(Problem.MISMATCH))
        .hasMessageContaining(Endless.class.getName());
  }

  /** Contains itself. */
  public static final class Endless {
    public Endless getMore() {
      return new Endless();
    }
  }

  @Test
  void textThatDoesNotFitIsAMismatchThatNamesTheType() {
    assertThatThrownBy(() -> payloads.read("\"x\"", Integer.class, "the result of count"))
        .isInstanceOfSatisfying(
            PayloadException.class, e -> assertThat(e.problem()).isEqualTo(Problem.MISMATCH))
        .hasMessageContaining("the result of count does not fit java.lang.Integer");
  }
}
