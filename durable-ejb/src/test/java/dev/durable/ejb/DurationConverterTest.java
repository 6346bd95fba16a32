package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationConverterTest {

  private final DurationConverter durations = new DurationConverter();

  @Test
  void numbersWithUnitsAndIsoDurationsAreRead() {
    assertThat(durations.convert("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(durations.convert(" 30 s ")).isEqualTo(Duration.ofSeconds(30));
    assertThat(durations.convert("5m")).isEqualTo(Duration.ofMinutes(5));
    assertThat(durations.convert("1H")).isEqualTo(Duration.ofHours(1));
    assertThat(durations.convert("PT1M30S")).isEqualTo(Duration.ofSeconds(90));
    assertThat(durations.convert("pt0.5s")).isEqualTo(Duration.ofMillis(500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "-5s", "1.5s", "5 minutes", "s", "10000000000s"})
  void anythingElseIsRefusedWithWhatIsExpected(String text) {
    assertThatThrownBy(() -> durations.convert(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("30s");
  }
}
