package dev.durable.ejb;

/**
 * The configuration keys of the engine; those of each function are {@link CallSetting}s. {@code
 * docs/config.md} lists the same ones, which a test compares.
 */
enum Setting implements ConfigKey {
  TASK_HUB("task-hub", "default", "1 to 45 characters of A-Z a-z 0-9 -"),
  MODE("mode", "development", "development, production"),
  SCHEMA("schema", "apply", "apply, validate, none"),
  NODE_NAME("node-name", "the name of the host", "1 to 60 characters of A-Z a-z 0-9 . _ -"),
  POLLING_INTERVAL("polling-interval", "1s", "10ms to 1m"),
  MAX_POLLING_INTERVAL("max-polling-interval", "1500ms", "durable.polling-interval to 10m"),
  LEASE_TIMEOUT("lease-timeout", "30s", "1s to 1h"),
  LEASE_RENEWAL_INTERVAL("lease-renewal-interval", "10s", "100ms to half of durable.lease-timeout"),
  MAX_CONCURRENT_ORCHESTRATIONS("max-concurrent-orchestrations", "100", "1 to 100000"),
  MAX_CONCURRENT_ENTITIES("max-concurrent-entities", "100", "1 to 100000"),
  MAX_CONCURRENT_ACTIVITIES("max-concurrent-activities", "10 per processor", "1 to 100000"),
  PARTITION_COUNT("partition-count", "0", "0 to 1024"),
  INSTANCE_CACHE_SIZE("instance-cache.size", "67108864", "0 to 2147483647"),
  INSTANCE_CACHE_PARKED("instance-cache.parked", "1000", "0 to 100000"),
  LOCAL_ACTIVITIES("local-activities", "true", "true, false"),
  LOCAL_STARTS("local-starts", "true", "true, false"),
  SCALE_LEAD_TIME("scale.lead-time", "1m", "0s to 24h"),
  MAX_CLAIM("max-claim", "100", "1 to 1000"),
  MAX_COMMIT("max-commit", "100", "1 to 500"),
  MAX_ATTEMPTS("max-attempts", "20", "1 to 1000"),
  FIRST_RETRY_DELAY("first-retry-delay", "1s", "1ms to 1h"),
  MAX_RETRY_DELAY("max-retry-delay", "5m", "durable.first-retry-delay to 24h"),
  VERSION_MATCH("version-match", "current-or-older", "none, strict, current-or-older"),
  VERSION_MISMATCH("version-mismatch", "wait", "wait, fail"),
  HISTORY_WARNING_EVENTS("history-warning-events", "10000", "1 to durable.max-history-events"),
  MAX_HISTORY_EVENTS("max-history-events", "100000", "100 to 10000000"),
  MAX_PAYLOAD_SIZE("max-payload-size", "1048576", "1024 to 67108864"),
  ENTITY_MAX_BATCH_SIZE("entity.max-batch-size", "5000", "1 to 5000"),
  ENTITY_MAX_STATE_SIZE("entity.max-state-size", "1048576", "1024 to 67108864"),
  ACTIVITY_TRANSACTION_TIMEOUT("activity-transaction-timeout", "5m", "1s to 24h"),
  STOP_TIMEOUT("stop-timeout", "20s", "0s to 24s");

  private static final String PREFIX = "durable.";

  private final String name;
  private final String fallback;
  private final String allowed;

  Setting(String name, String fallback, String allowed) {
    this.name = name;
    this.fallback = fallback;
    this.allowed = allowed;
  }

  @Override
  public String key() {
    return PREFIX + name;
  }

  /** What it is if it is not set: a value, or a word for it. */
  String fallback() {
    return fallback;
  }

  @Override
  public String allowed() {
    return allowed;
  }
}
