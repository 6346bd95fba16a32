package dev.durable.ejb;

import java.util.Locale;

/** What a transaction of the engine was for; the metrics count by it. */
enum StoreCall {
  CREATE,
  /** For instances that are to be created. */
  KEYS,
  SEND,
  TERMINATE,
  REWIND,
  PURGE,
  STATUS,
  LIST,
  HISTORY,
  CLAIM_INSTANCES,
  CLAIM_ACTIVITIES,
  COMMIT,
  RENEW,
  RELEASE,
  BLOCK,
  UNBLOCK,
  SAVE_PROGRESS,
  ENTITY,
  PREPARE_ENTITY,
  LIST_ENTITIES,
  CLEAN_UP_ENTITIES,
  DUE,
  HEARTBEAT,
  LEAVE,
  DRAIN,
  NODES,
  LEASE_PARTITIONS,
  PARTITIONS,
  BACKLOG,
  INSPECT,
  /** A transactional activity together with its completion. */
  ACTIVITY,
  /** A transactional operation of an entity together with its state and answer. */
  OPERATION;

  /** As in the tag of the metric. */
  String tag() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
