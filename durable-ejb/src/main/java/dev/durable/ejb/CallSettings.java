package dev.durable.ejb;

import dev.durable.ActivityOptions;
import dev.durable.Priority;
import dev.durable.RetryPolicy;
import dev.durable.core.spi.CallDefaults;
import dev.durable.core.spi.FunctionRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the functions that are deployed are called where the caller does not say, read once. */
final class CallSettings implements CallDefaults {

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(3650);

  private final Map<String, ActivityOptions> activities = new HashMap<>();
  private final Map<String, RetryPolicy> orchestrators = new HashMap<>();

  private CallSettings() {}

  /** Every key that {@link #read} looks for. */
  static List<ConfigKey> keys(FunctionRegistry functions) {
    List<ConfigKey> keys = new ArrayList<>();
    for (FunctionKind kind : FunctionKind.values()) {
      for (String name : names(kind, functions)) {
        CallSetting.of(kind).forEach(setting -> keys.add(setting.of(kind, name)));
      }
    }
    return keys;
  }

  private static Set<String> names(FunctionKind kind, FunctionRegistry functions) {
    return kind == FunctionKind.ACTIVITY
        ? functions.activityNames()
        : functions.orchestratorNames();
  }

  /** Reads them; the reader keeps what is wrong. */
  static CallSettings read(SettingsReader reader, FunctionRegistry functions) {
    CallSettings settings = new CallSettings();
    for (String name : functions.activityNames()) {
      settings.activities.put(
          name,
          new ActivityOptions(
              retry(reader, FunctionKind.ACTIVITY, name),
              reader
                  .givenDuration(
                      CallSetting.TIMEOUT.of(FunctionKind.ACTIVITY, name), SHORTEST, LONGEST)
                  .orElse(null),
              reader
                  .givenChoice(CallSetting.PRIORITY.of(FunctionKind.ACTIVITY, name), Priority.class)
                  .orElse(null)));
    }
    for (String name : functions.orchestratorNames()) {
      RetryPolicy retry = retry(reader, FunctionKind.ORCHESTRATOR, name);
      if (retry != null) {
        settings.orchestrators.put(name, retry);
      }
    }
    return settings;
  }

  private static @Nullable RetryPolicy retry(
      SettingsReader reader, FunctionKind kind, String name) {
    ConfigKey attemptsKey = CallSetting.MAX_ATTEMPTS.of(kind, name);
    Optional<Integer> attempts = reader.givenNumber(attemptsKey, 1, 10_000);
    Optional<Duration> first =
        reader.givenDuration(CallSetting.FIRST_INTERVAL.of(kind, name), SHORTEST, LONGEST);
    Optional<Double> coefficient =
        reader.givenDecimal(CallSetting.BACKOFF_COEFFICIENT.of(kind, name), 1, 1_000);
    ConfigKey longestKey = CallSetting.MAX_INTERVAL.of(kind, name);
    Duration firstInterval = first.orElse(Duration.ofSeconds(1));
    Optional<Duration> longest = reader.givenDuration(longestKey, firstInterval, LONGEST);
    Optional<Duration> timeout =
        reader.givenDuration(CallSetting.RETRY_TIMEOUT.of(kind, name), SHORTEST, LONGEST);
    Optional<Double> jitter = reader.givenDecimal(CallSetting.JITTER.of(kind, name), 0, 1);
    Set<String> nonRetriable =
        reader.givenClassNames(CallSetting.NON_RETRIABLE.of(kind, name), 100).orElse(Set.of());
    if (!reader.isSet(attemptsKey)) {
      CallSetting.of(kind).stream()
          .filter(setting -> setting.suffix().startsWith("retry."))
          .map(setting -> setting.of(kind, name))
          .filter(reader::isSet)
          .forEach(
              key ->
                  reader.refuse(
                      key.key() + " says nothing where " + attemptsKey.key() + " is not set"));
    }
    return attempts
        .map(
            max ->
                new RetryPolicy(
                    max,
                    firstInterval,
                    coefficient.orElse(2.0),
                    longest.orElse(LONGEST),
                    timeout.orElse(null),
                    jitter.orElse(0.0),
                    nonRetriable,
                    null))
        .orElse(null);
  }

  @Override
  public ActivityOptions ofActivity(String name) {
    return activities.getOrDefault(name, ActivityOptions.defaults());
  }

  @Override
  public @Nullable RetryPolicy ofOrchestrator(String name) {
    return orchestrators.get(name);
  }
}
