package dev.durable.ejb;

import java.util.Arrays;
import java.util.List;

/**
 * The configuration keys that each function has of its own. {@code docs/config.md} lists the same
 * ones, which a test compares.
 */
enum CallSetting {
  TIMEOUT("timeout", "none", "1ms to 87600h"),
  PRIORITY("priority", "normal", "high, normal, low"),
  MAX_CONCURRENT("max-concurrent", "none", "1 to 100000"),
  HUB_MAX_CONCURRENT("hub-max-concurrent", "none", "1 to 100000"),
  HUB_RATE("hub-rate", "none", "1/1s to 1000000/24h"),
  MAX_ATTEMPTS("retry.max-attempts", "1", "1 to 10000"),
  FIRST_INTERVAL("retry.first-interval", "1s", "1ms to 87600h"),
  BACKOFF_COEFFICIENT("retry.backoff-coefficient", "2", "1 to 1000"),
  MAX_INTERVAL("retry.max-interval", "87600h", "retry.first-interval to 87600h"),
  RETRY_TIMEOUT("retry.timeout", "none", "1ms to 87600h"),
  JITTER("retry.jitter", "0", "0 to 1"),
  NON_RETRIABLE("retry.non-retriable", "none", "at most 100 names of classes, with commas between");

  private final String name;
  private final String fallback;
  private final String allowed;

  CallSetting(String name, String fallback, String allowed) {
    this.name = name;
    this.fallback = fallback;
    this.allowed = allowed;
  }

  /** What a function of that kind has: only an orchestrator's retries are its own. */
  static List<CallSetting> of(FunctionKind kind) {
    return Arrays.stream(values())
        .filter(setting -> kind == FunctionKind.ACTIVITY || setting.name.startsWith("retry."))
        .toList();
  }

  /** What follows the name of the function. */
  String suffix() {
    return name;
  }

  /** What it is if it is not set: a value, or a word for it. */
  String fallback() {
    return fallback;
  }

  /** Its range, for messages and the documentation. */
  String allowed() {
    return allowed;
  }

  /** Its key for a function, such as {@code durable.activity.Payments.charge.timeout}. */
  ConfigKey of(FunctionKind kind, String function) {
    return new Key("durable." + kind.word() + "." + function + "." + name, allowed);
  }

  private record Key(String key, String allowed) implements ConfigKey {}
}
