package dev.durable.testbed.fault;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A library that gives a process another wall clock; needs Linux and a C compiler. */
final class SkewedClock {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Path library;

  private SkewedClock(Path library) {
    this.library = library;
  }

  /** Compiles it; empty where that is not possible. */
  static Optional<SkewedClock> compile(Path directory) throws IOException, InterruptedException {
    Path source = Files.createDirectories(directory).resolve("skew.c");
    Path library = directory.resolve("libskew.so");
    try (InputStream in =
        Objects.requireNonNull(SkewedClock.class.getResourceAsStream("skew.c"), "skew.c")) {
      Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
    }
    try {
      int exit =
          new ProcessBuilder(
                  "cc",
                  "-shared",
                  "-fPIC",
                  "-O2",
                  "-o",
                  library.toString(),
                  source.toString(),
                  "-ldl")
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("cc.log").toFile())
              .start()
              .waitFor();
      return exit == 0 && System.getProperty("os.name").equals("Linux")
          ? Optional.of(new SkewedClock(library))
          : Optional.empty();
    } catch (IOException e) {
      // There is no C compiler.
      return Optional.empty();
    }
  }

  /** What gives a process a clock that is that much ahead, or behind. */
  Map<String, String> environment(Duration ahead) {
    return Map.of(
        "LD_PRELOAD", library.toString(), "SKEW_SECONDS", Long.toString(ahead.toSeconds()));
  }

  /** By how much the clock of a node is ahead, as it says itself in its answers. */
  static Duration ahead(Node node) throws IOException, InterruptedException {
    String date =
        HTTP.send(
                HttpRequest.newBuilder(node.address().resolve("/load/api/ready")).build(),
                BodyHandlers.discarding())
            .headers()
            .firstValue("Date")
            .orElseThrow();
    Instant itsTime = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    return Duration.between(Instant.now(), itsTime);
  }
}
