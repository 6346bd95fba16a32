package dev.durable.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeReportTest {

  private static final Finding RATE = new Finding("wide", 100_000, "rate", 4321.9, "activities/s");

  @Test
  void aLineSaysWhatWasFoundWhereAndWhen() {
    assertThat(ShapeReport.line(RATE, "PostgreSQL 18", Instant.parse("2025-01-01T00:00:00.5Z")))
        .isEqualTo(
            "{\"shape\":\"wide\",\"size\":100000,\"what\":\"rate\",\"value\":4320,"
                + "\"unit\":\"activities/s\",\"database\":\"PostgreSQL 18\","
                + "\"at\":\"2025-01-01T00:00:00Z\"}");
  }

  @Test
  void theTableHasARowForEachFinding() {
    assertThat(
            ShapeReport.table(List.of(RATE, new Finding("wide", 5, "heap", 0.012345, "MB")))
                .lines())
        .containsExactly(
            "| shape | what | |",
            "| --- | --- | --- |",
            "| `wide` (100,000) | rate | 4320 activities/s |",
            "| `wide` (5) | heap | 0.0123 MB |");
  }
}
