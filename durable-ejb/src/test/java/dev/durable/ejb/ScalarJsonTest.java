package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.Type;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarJsonTest {

  private static final List<Type> TYPES =
      List.of(
          Integer.class,
          int.class,
          Long.class,
          long.class,
          Boolean.class,
          boolean.class,
          String.class);

  private final Jsonb jsonb = JsonbBuilder.create();

  @AfterEach
  void close() throws Exception {
    jsonb.close();
  }

  private void assertThatItIsWrittenAlike(Object value) {
    String written = ScalarJson.write(value);
    if (written != null) {
      assertThat(written).isEqualTo(jsonb.toJson(value));
    }
  }

  private void assertThatItIsReadAlike(String json) {
    for (Type type : TYPES) {
      Object read = ScalarJson.read(json, type);
      if (read != null) {
        Object byJsonB = jsonb.fromJson(json, type);
        assertThat(read).as("%s as %s", json, type).isEqualTo(byJsonB);
      }
    }
  }

  @Test
  void whatIsPlainIsWrittenAndRead() {
    assertThat(ScalarJson.write(-42)).isEqualTo("-42");
    assertThat(ScalarJson.write(Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
    assertThat(ScalarJson.write(true)).isEqualTo("true");
    assertThat(ScalarJson.write("order-1, paid")).isEqualTo("\"order-1, paid\"");
    assertThat(ScalarJson.read("0", Integer.class)).isEqualTo(0);
    assertThat(ScalarJson.read("-17", int.class)).isEqualTo(-17);
    assertThat(ScalarJson.read("999999999", long.class)).isEqualTo(999_999_999L);
    assertThat(ScalarJson.read("false", boolean.class)).isEqualTo(false);
    assertThat(ScalarJson.read("\"\"", String.class)).isEqualTo("");
    assertThat(ScalarJson.read("\"order-1\"", String.class)).isEqualTo("order-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "-0",
        "007",
        "+1",
        "1.0",
        "1e3",
        " 1",
        "1 ",
        "9999999999",
        "\\u0661",
        "null",
        "TRUE",
        "truee",
        "\"",
        "\"a",
        "a\"",
        "\"a\"b\"",
        "\"\\n\"",
        "\"\\\"",
        "\"\t\"",
        "\"ä\"",
        "{}",
        "[1]",
        "'a'"
      })
  void whateverElseIsLeftToJsonB(String json) {
    for (Type type : TYPES) {
      assertThat(ScalarJson.read(json, type)).as("as %s", type).isNull();
    }
  }

  @Test
  void whatIsNoScalarOrNotPlainIsLeftToJsonB() {
    for (Object value :
        List.of(1.5, (short) 1, 'c', "ä", "a\nb", "a\"b", "a\\b", "a/b", List.of(1), 'x')) {
      assertThat(ScalarJson.write(value)).isNull();
    }
    assertThat(ScalarJson.read("1", Object.class)).isNull();
    assertThat(ScalarJson.read("1", Short.class)).isNull();
    assertThat(ScalarJson.read("1", String.class)).isNull();
    assertThat(ScalarJson.read("\"1\"", Integer.class)).isNull();
  }

  @Test
  void itIsWhatJsonBMakesOfIt() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    try {
      for (int i = 0; i < 2_000; i++) {
        int number = random.nextInt() >> random.nextInt(32);
        assertThatItIsWrittenAlike(number);
        assertThatItIsWrittenAlike(random.nextLong());
        assertThatItIsReadAlike(String.valueOf(number));
        String text = text(random);
        assertThatItIsWrittenAlike(text);
        assertThatItIsReadAlike('"' + text + '"');
        assertThatItIsReadAlike(text);
      }
      assertThatItIsWrittenAlike(true);
      assertThatItIsReadAlike("true");
    } catch (AssertionError e) {
      throw new AssertionError("Seed " + seed + ": " + e.getMessage(), e);
    }
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(6); length > 0; length--) {
      text.append((char) random.nextInt(random.nextInt(8) == 0 ? 300 : '~' + 1));
    }
    return text.toString();
  }
}
