package dev.durable.ejb;

import static dev.durable.ejb.Setting.ACTIVITY_TRANSACTION_TIMEOUT;
import static dev.durable.ejb.Setting.ENTITY_MAX_BATCH_SIZE;
import static dev.durable.ejb.Setting.ENTITY_MAX_STATE_SIZE;
import static dev.durable.ejb.Setting.FIRST_RETRY_DELAY;
import static dev.durable.ejb.Setting.HISTORY_WARNING_EVENTS;
import static dev.durable.ejb.Setting.INSTANCE_CACHE_PARKED;
import static dev.durable.ejb.Setting.INSTANCE_CACHE_SIZE;
import static dev.durable.ejb.Setting.LEASE_RENEWAL_INTERVAL;
import static dev.durable.ejb.Setting.LEASE_TIMEOUT;
import static dev.durable.ejb.Setting.LOCAL_ACTIVITIES;
import static dev.durable.ejb.Setting.LOCAL_STARTS;
import static dev.durable.ejb.Setting.MAX_ATTEMPTS;
import static dev.durable.ejb.Setting.MAX_CLAIM;
import static dev.durable.ejb.Setting.MAX_COMMIT;
import static dev.durable.ejb.Setting.MAX_CONCURRENT_ACTIVITIES;
import static dev.durable.ejb.Setting.MAX_CONCURRENT_ENTITIES;
import static dev.durable.ejb.Setting.MAX_CONCURRENT_ORCHESTRATIONS;
import static dev.durable.ejb.Setting.MAX_HISTORY_EVENTS;
import static dev.durable.ejb.Setting.MAX_PAYLOAD_SIZE;
import static dev.durable.ejb.Setting.MAX_POLLING_INTERVAL;
import static dev.durable.ejb.Setting.MAX_RETRY_DELAY;
import static dev.durable.ejb.Setting.MODE;
import static dev.durable.ejb.Setting.NODE_NAME;
import static dev.durable.ejb.Setting.PARTITION_COUNT;
import static dev.durable.ejb.Setting.POLLING_INTERVAL;
import static dev.durable.ejb.Setting.SCALE_LEAD_TIME;
import static dev.durable.ejb.Setting.SCHEMA;
import static dev.durable.ejb.Setting.STOP_TIMEOUT;
import static dev.durable.ejb.Setting.TASK_HUB;
import static dev.durable.ejb.Setting.VERSION_MATCH;
import static dev.durable.ejb.Setting.VERSION_MISMATCH;

import dev.durable.core.spi.Versions;
import dev.durable.core.spi.Versions.Match;
import dev.durable.core.spi.Versions.Mismatch;
import dev.durable.core.store.Buckets;
import dev.durable.core.worker.FastLanes;
import dev.durable.core.worker.TaskHubOptions;
import dev.durable.jpa.Schema;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/**
 * The configuration, read once and checked; each part is described with its key in {@code
 * docs/config.md}.
 *
 * @param taskHub the name of the task hub
 * @param mode whether weak defaults are accepted
 * @param schema what is done about the tables at start
 * @param nodeName the readable part of this node's name
 * @param pollingInterval between two looks for work
 * @param maxPollingInterval between two looks where there is nothing to do for long
 * @param leaseRenewalInterval between two renewals
 * @param options the numbers of the core
 * @param maxParked how many orchestrators stay parked where they wait
 * @param scaleLeadTime how long before a timer nodes should be there
 * @param versions which code may run an instance that began with another version
 * @param maxPayloadSize in bytes of UTF-8
 * @param maxEntityStateSize in bytes of UTF-8
 * @param activityTransactionTimeout for transactional activities and operations
 * @param stopTimeout how long running work may take to end at stop
 */
record HubSettings(
    String taskHub,
    Mode mode,
    Schema.Mode schema,
    String nodeName,
    Duration pollingInterval,
    Duration maxPollingInterval,
    Duration leaseRenewalInterval,
    TaskHubOptions options,
    int maxParked,
    Duration scaleLeadTime,
    Versions versions,
    int maxPayloadSize,
    int maxEntityStateSize,
    Duration activityTransactionTimeout,
    Duration stopTimeout) {

  /** The key of the administrator's password, which belongs to the server's configuration. */
  static final String ADMIN_PASSWORD = "durable.admin.password";

  private static final Duration SHORTEST_LEASE_WATCH = Duration.ofMillis(20);
  private static final Duration SHORTEST_WATCH = Duration.ofSeconds(10);

  enum Mode {
    DEVELOPMENT,
    PRODUCTION
  }

  /**
   * Reads them all.
   *
   * @param hostName the name of this machine
   * @param processors how many it has
   * @throws IllegalSettingsException if any is wrong
   */
  static HubSettings read(Config config, String hostName, int processors) {
    SettingsReader reader = new SettingsReader(config);
    HubSettings settings = read(reader, hostName, processors);
    reader.check();
    return settings;
  }

  /** The same for whoever reads more; the reader keeps what is wrong. */
  static HubSettings read(SettingsReader reader, String hostName, int processors) {
    HubSettings settings =
        new HubSettings(
            reader.text(TASK_HUB, TASK_HUB.fallback(), text -> text.matches("[A-Za-z0-9-]{1,45}")),
            reader.choice(MODE, Mode.class),
            reader.choice(SCHEMA, Schema.Mode.class),
            reader.text(
                NODE_NAME, asNodeName(hostName), text -> text.matches("[A-Za-z0-9._-]{1,60}")),
            reader.duration(POLLING_INTERVAL, Duration.ofMillis(10), Duration.ofMinutes(1)),
            maxPollingInterval(reader),
            reader.duration(LEASE_RENEWAL_INTERVAL, Duration.ofMillis(100), Duration.ofMinutes(30)),
            options(reader, processors),
            reader.number(INSTANCE_CACHE_PARKED, 0, 100_000),
            reader.duration(SCALE_LEAD_TIME, Duration.ZERO, Duration.ofHours(24)),
            new Versions(
                reader.choice(VERSION_MATCH, Match.class),
                reader.choice(VERSION_MISMATCH, Mismatch.class)),
            reader.number(MAX_PAYLOAD_SIZE, 1024, 64 * 1024 * 1024),
            reader.number(ENTITY_MAX_STATE_SIZE, 1024, 64 * 1024 * 1024),
            reader.duration(
                ACTIVITY_TRANSACTION_TIMEOUT, Duration.ofSeconds(1), Duration.ofHours(24)),
            reader.duration(STOP_TIMEOUT, Duration.ZERO, Duration.ofSeconds(24)));
    settings.check(reader);
    return settings;
  }

  /** Whoever polls seldom on purpose need not say so twice. */
  private static Duration maxPollingInterval(SettingsReader reader) {
    Duration shortest =
        reader.duration(POLLING_INTERVAL, Duration.ofMillis(10), Duration.ofMinutes(1));
    Duration standard = DurationText.parse(MAX_POLLING_INTERVAL.fallback());
    return reader
        .givenDuration(MAX_POLLING_INTERVAL, shortest, Duration.ofMinutes(10))
        .orElse(shortest.compareTo(standard) > 0 ? shortest : standard);
  }

  private static TaskHubOptions options(SettingsReader reader, int processors) {
    Duration firstDelay =
        reader.duration(FIRST_RETRY_DELAY, Duration.ofMillis(1), Duration.ofHours(1));
    Duration maxDelay =
        reader.duration(MAX_RETRY_DELAY, Duration.ofMillis(1), Duration.ofHours(24));
    if (maxDelay.compareTo(firstDelay) < 0) {
      reader.refuse(
          MAX_RETRY_DELAY.key()
              + " is shorter than "
              + FIRST_RETRY_DELAY.key()
              + "; allowed: "
              + MAX_RETRY_DELAY.allowed());
      maxDelay = firstDelay;
    }
    int maxHistory = reader.number(MAX_HISTORY_EVENTS, 100, 10_000_000);
    int historyWarning = reader.number(HISTORY_WARNING_EVENTS, 1, 10_000_000);
    if (historyWarning > maxHistory) {
      reader.refuse(
          HISTORY_WARNING_EVENTS.key()
              + " is "
              + historyWarning
              + " where "
              + MAX_HISTORY_EVENTS.key()
              + " is "
              + maxHistory
              + "; allowed: "
              + HISTORY_WARNING_EVENTS.allowed());
      historyWarning = maxHistory;
    }
    return new TaskHubOptions(
        reader.duration(LEASE_TIMEOUT, Duration.ofSeconds(1), Duration.ofHours(1)),
        reader.number(MAX_CONCURRENT_ORCHESTRATIONS, 1, 100_000),
        reader.number(MAX_CONCURRENT_ENTITIES, 1, 100_000),
        reader.number(MAX_CONCURRENT_ACTIVITIES, 10 * processors, 1, 100_000),
        Map.of(),
        reader.number(MAX_CLAIM, 1, 1_000),
        reader.number(MAX_COMMIT, 1, 500),
        reader.number(MAX_ATTEMPTS, 1, 1_000),
        firstDelay,
        maxDelay,
        reader.number(ENTITY_MAX_BATCH_SIZE, 1, 5_000),
        historyWarning,
        maxHistory,
        reader.number(PARTITION_COUNT, 0, Buckets.COUNT),
        reader.number(INSTANCE_CACHE_SIZE, 0, Integer.MAX_VALUE),
        new FastLanes(reader.flag(LOCAL_ACTIVITIES), reader.flag(LOCAL_STARTS)));
  }

  /** How often a node looks whether leases are about to end that it could not renew. */
  Duration leaseWatchInterval() {
    Duration part = options.leaseMargin().dividedBy(4);
    return part.compareTo(SHORTEST_LEASE_WATCH) < 0 ? SHORTEST_LEASE_WATCH : part;
  }

  /**
   * How often a watchdog looks: what it finds has waited for longer than two leases, and a look at
   * a big backlog takes the database a second.
   */
  Duration watchdogInterval() {
    Duration leases = options.leaseTimeout().multipliedBy(2);
    return leases.compareTo(SHORTEST_WATCH) < 0 ? SHORTEST_WATCH : leases;
  }

  /** Whether orchestrators may stay parked: whoever switches the cache off wants replays. */
  boolean parks() {
    return maxParked > 0 && options.cacheBytes() > 0;
  }

  /** What several of them must fulfil together. */
  private void check(SettingsReader reader) {
    if (leaseRenewalInterval.multipliedBy(2).compareTo(options.leaseTimeout()) > 0) {
      reader.refuse(
          LEASE_RENEWAL_INTERVAL.key()
              + " is "
              + leaseRenewalInterval
              + " where "
              + LEASE_TIMEOUT.key()
              + " is "
              + options.leaseTimeout()
              + "; allowed: "
              + LEASE_RENEWAL_INTERVAL.allowed()
              + ", or leases run out between two renewals");
    }
    if (mode == Mode.PRODUCTION) {
      String password = reader.unchecked(ADMIN_PASSWORD);
      if (password.isBlank() || password.equals("admin") || password.startsWith("${")) {
        reader.refuse(
            ADMIN_PASSWORD
                + " (environment variable DURABLE_ADMIN_PASSWORD) is "
                + (password.equals("admin") ? "the known default" : "not set")
                + " where "
                + MODE.key()
                + " is production; allowed: a password of your own");
      }
    }
  }

  private static String asNodeName(String hostName) {
    String name = hostName.replaceAll("[^A-Za-z0-9._-]", "-");
    return name.isEmpty() ? "node" : name.substring(0, Math.min(60, name.length()));
  }
}
