package dev.durable.bench;

import jakarta.json.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was found about shapes, as JSON and as a table. */
final class ShapeReport {

  private static final MathContext DIGITS = new MathContext(3);

  private ShapeReport() {}

  /** One line, without its end. */
  static String line(Finding finding, String database, Instant at) {
    return Json.createObjectBuilder()
        .add("shape", finding.shape())
        .add("size", finding.size())
        .add("what", finding.what())
        .add("value", new BigDecimal(rounded(finding)))
        .add("unit", finding.unit())
        .add("database", database)
        .add("at", at.truncatedTo(ChronoUnit.SECONDS).toString())
        .build()
        .toString();
  }

  /** In Markdown. */
  static String table(List<Finding> findings) {
    return findings.stream()
        .map(
            finding ->
                String.format(
                    Locale.ROOT,
                    "| `%s` (%,d) | %s | %s %s |%n",
                    finding.shape(),
                    finding.size(),
                    finding.what(),
                    rounded(finding),
                    finding.unit()))
        .collect(
            Collectors.joining("", String.format("| shape | what | |%n| --- | --- | --- |%n"), ""));
  }

  private static String rounded(Finding finding) {
    BigDecimal rounded = new BigDecimal(finding.value()).round(DIGITS);
    return (rounded.scale() < 0 ? rounded.setScale(0) : rounded).toPlainString();
  }
}
