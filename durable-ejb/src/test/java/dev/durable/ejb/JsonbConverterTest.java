package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.PayloadException;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.spi.JsonProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonbConverterTest {

  public record Line(String sku, int count) {}

  public record Order(
      String id,
      List<Line> lines,
      Map<String, Line> bySku,
      @Nullable Instant at,
      Duration patience) {}

  private final JsonbConverter converter =
      new JsonbConverter(
          JsonbBuilder.create(), new EntityStates(List.of()), JsonProvider.provider());

  @Test
  void whatIsWrittenIsReadTheSame() {
    Order order =
        new Order(
            "o-1",
            List.of(new Line("a", 2)),
            Map.of("a", new Line("a", 2)),
            Instant.parse("2026-01-01T00:00:00Z"),
            Duration.ofDays(3));

    assertThat(converter.read(converter.write(order), Order.class)).isEqualTo(order);
  }

  @Test
  void scalarsAreJsonToo() {
    assertThat(converter.read(converter.write("läuft \"so\""), String.class))
        .isEqualTo("läuft \"so\"");
    assertThat(converter.read(converter.write(42), int.class)).isEqualTo(42);
    assertThat(converter.read(converter.write(true), Boolean.class)).isEqualTo(true);
    assertThat(converter.read(converter.write(Duration.ofSeconds(3)), Duration.class))
        .isEqualTo(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "\"x\"",
        "1",
        "-0.5e3",
        "true",
        "null",
        " {\"a\": [1, {\"b\": null}]} "
      })
  void everyJsonValueIsValid(String text) {
    assertThatCode(() -> converter.check(text)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "{",
        "{\"a\":}",
        "[1,]",
        "{} {}",
        "1 2",
        "nul",
        "'x'",
        "{\"a\" 1}",
        "\"x",
        "{}x",
        "true false"
      })
  void anythingElseIsMalformed(String text) {
    assertThatThrownBy(() -> converter.check(text))
        .isInstanceOfSatisfying(
            PayloadException.class,
            e -> assertThat(e.problem()).isEqualTo(PayloadException.Problem.MALFORMED));
  }

  @Test
  void theMessageSaysWhereAndQuotesNothing() {
    assertThatThrownBy(() -> converter.check("{\n  \"card\": 4711 x}"))
        .hasMessageContaining("line 2")
        .message()
        .doesNotContain("4711");
  }

  @Test
  void aTextNestedWithoutEndIsMalformedAndNoError() {
    assertThatThrownBy(() -> converter.check("[".repeat(100_000)))
        .isInstanceOfSatisfying(
            PayloadException.class,
            e -> assertThat(e.problem()).isEqualTo(PayloadException.Problem.MALFORMED));
  }
}
