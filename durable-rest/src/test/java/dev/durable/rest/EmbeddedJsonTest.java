package dev.durable.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"b\":1,\"a\":[true,null,\"x\"]}",
        "[]",
        "\"text\"",
        "12345678901234567890.10",
        "1E+400",
        "true",
        "null",
        "\"\\u00e4\\n\""
      })
  void textBecomesTheValueItIs(String json) {
    assertThat(EmbeddedJson.of(json))
        .isEqualTo(Json.createReader(new StringReader(json)).readValue());
  }

  @Test
  void membersKeepTheirOrderAndNumbersTheirDigits() {
    String json = "{\"z\":1.10,\"a\":100000000000000000000001,\"m\":{}}";

    assertThat(EmbeddedJson.of(json).toString()).isEqualTo(json);
  }

  @Test
  void noTextIsNull() {
    assertThat(EmbeddedJson.of(null)).isSameAs(JsonValue.NULL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{\"a\":", "{} trailing", "nul", "{}{}"})
  void textThatIsNotJsonIsShownAsAString(String text) {
    assertThat(EmbeddedJson.of(text)).isEqualTo(Json.createValue(text));
  }

  @Test
  void textThatIsNestedTooDeepIsShownAsAString() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);

    assertThat(EmbeddedJson.of(deep)).isEqualTo(Json.createValue(deep));
  }
}
