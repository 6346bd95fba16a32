package dev.durable.rest;

/** The longer sentences of the API description. */
final class ApiDescription {

  static final String WHAT =
      "Starts orchestrations and talks to them, and to entities. Paths and members are those of Azure Durable Functions. Errors are problem documents"
          + " (RFC 9457). Looking needs the role durable-viewer, durable-operator or durable-admin; deleting needs durable-admin, and so does"
          + " cleaning up, and draining and resuming nodes;"
          + " everything else needs durable-operator or durable-admin. docs/life-cycle.md says what each action answers in each"
          + " status.";
  static final String TIMEOUT =
      "Wait so many seconds (at most 230) for the result. At most 16 requests wait at a time; others are answered 202 at once";
  static final String POLLING_INTERVAL =
      "Taken for Azure's clients, without effect: the engine is told when an instance finishes";
  static final String IF_EXISTS =
      "What to do if an instance of the id exists: replace it if it has finished, and refuse otherwise; refuse in any case; start"
          + " nothing, and answer as if it had been started; or terminate it, if it has not finished, and replace it";
  static final String VERSION =
      "Of the orchestrator. To start: one that is deployed here; the newest if it is missing. To look: only instances of that"
          + " version, (none) for those without one";
  static final String TAG =
      "name=value, up to 20 times. To start: what the instance can be found by. To look: only instances that have all of them";
  static final String EVENT_ID =
      "The sender's id of this event: of several events with one id an instance takes the first only. The header Idempotency-Key"
          + " says the same";
  static final String PURGE =
      "Deletes finished instances that fit the filter, in transactions of 100 each. Instances that have not finished are passed"
          + " over. Takes the filter of the list and nothing else: each parameter once (tag as often as needed), none empty, at"
          + " least one, or all=true alone";
  static final String INPUT = "The input as JSON; an empty body is no input";
  static final String EVENT = "The payload as JSON; an empty body is no payload";
  static final String FINISHED_IN_TIME =
      "With timeout: the bare output if the instance has completed, its status if it ended otherwise";
  static final String STARTED =
      "It is stored and will run; Location is where to look, after Retry-After seconds";
  static final String STATUSES =
      "Only these, separated by commas: Pending, Running, Suspended, Blocked, Completed, Failed,"
          + " Terminated";
  static final String HISTORY =
      "Only with showHistory. Each event has EventType, Timestamp and Sequence, and where they apply TaskId, FunctionName or Name,"
          + " Input or Result, FailureDetails";
  static final String TOKEN = "From the page before";
  static final String NEXT_TOKEN = "Where the next page begins; missing on the last page";
  static final String NEXT_PAGE =
      "The address of the next page, rel=\"next\"; missing on the last page";
  static final String SIGNAL_ID =
      "The sender's id of this signal: of several signals with one id an entity takes the first only. The header"
          + " Idempotency-Key says the same";
  static final String CLEAN_UP =
      "An entity whose state was deleted leaves a row behind, which knows the ids of its signals. Locks whose orchestration"
          + " is over are released by the engine itself: if there are any, something was changed by hand. In transactions of at"
          + " most 100 entities each. Takes no other parameter";

  static final String NODE_STATE =
      "Running: it claims work. Draining: it claims nothing more, and ends what it has begun. Drained: it claims nothing, and has"
          + " nothing. Lost: it has not said in time that it lives, and others take over what it had";
  static final String DRAIN =
      "What it runs goes on to its end, and is stored. It is not ready any more (/health/ready), and alive. It stays so until it"
          + " is resumed or ends; after a restart a node is a new one. Called again it does nothing";
  static final String NODE_TOLD =
      "The node learns of it with its next heartbeat, this one at once; Location is where to look, after Retry-After seconds";
  static final String PARTITIONS =
      "As the node that answers is configured (durable.partition-count). A preference, never a right: instances of others are"
          + " claimed by all nodes, a little later";
  static final String SCALE =
      "For an autoscaler, which takes recommendedNodes or backlog out of it, and for people. Read anew at most every 5 seconds";
  static final String WATCHDOG =
      "Looks now, and changes nothing. The nodes look by themselves, too, and release what nodes hold that are gone";
  static final String OVERDUE =
      "Work that could have been claimed for more than two lease time-outs: there are too few nodes, or none that has the"
          + " function";
  static final String ORPHANS =
      "Sub-orchestrations whose parent is gone or was started anew: nobody waits for them";

  private ApiDescription() {}
}
