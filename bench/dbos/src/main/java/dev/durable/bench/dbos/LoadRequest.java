package dev.durable.bench.dbos;

import dev.durable.bench.load.Load;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** What the harness asks for, in the form of the application in our server. */
final class LoadRequest {

  static final String PATH = "/bench/api/loads/";

  private LoadRequest() {}

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is none, saying why
   */
  static Load parse(URI request) {
    if (!request.getPath().startsWith(PATH) || request.getQuery() == null) {
      throw new IllegalArgumentException("Not a load: " + request);
    }
    Map<String, Integer> numbers =
        Arrays.stream(request.getQuery().split("&"))
            .map(part -> part.split("=", 2))
            .collect(Collectors.toMap(part -> part[0], part -> Integer.valueOf(part[1])));
    return new Load(
        request.getPath().substring(PATH.length()),
        number(numbers, "steps"),
        number(numbers, "instances"),
        number(numbers, "concurrency"),
        number(numbers, "senders"),
        Duration.ofMillis(number(numbers, "pauseMillis")));
  }

  private static int number(Map<String, Integer> numbers, String name) {
    Integer number = numbers.get(name);
    if (number == null) {
      throw new IllegalArgumentException("Not a load: " + name + " is missing");
    }
    return number;
  }
}
