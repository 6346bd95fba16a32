package dev.durable.it.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/**
 * Open Liberty unpacks the modules of an EAR once, and again only if their times have changed: with
 * the one time that the build gives to everything else, an upgrade would go on with the old code.
 */
final class ModuleTimesIT {

  @Test
  void everyModuleOfTheEarCarriesTheTimeOfItsBuild() throws IOException {
    Instant oneTime = Instant.parse(System.getProperty("durable.one-time"));
    try (ZipFile ear = new ZipFile(System.getProperty("durable.ear"))) {
      List<? extends ZipEntry> modules =
          ear.stream().filter(entry -> entry.getName().matches(".*\\.[jw]ar")).toList();
      assertThat(modules).hasSizeGreaterThan(3);
      assertThat(modules)
          .allSatisfy(
              module ->
                  assertThat(module.getLastModifiedTime().toInstant())
                      .as(module.getName())
                      .isAfter(oneTime.plus(Duration.ofDays(2))));
    }
  }
}
