package dev.durable.rest;

/** The longer sentences of the API description. */
final class ApiDescription {

  static final String WHAT =
      "Starts orchestrations and talks to them. Paths and members are those of Azure Durable Functions. Errors are problem documents"
          + " (RFC 9457). Looking needs the role durable-viewer, durable-operator or durable-admin; everything else needs"
          + " durable-operator or durable-admin.";
  static final String TIMEOUT =
      "Wait so many seconds (at most 230) for the result. At most 16 requests wait at a time; others are answered 202 at once";
  static final String POLLING_INTERVAL =
      "Taken for Azure's clients, without effect: the engine is told when an instance finishes";
  static final String INPUT = "The input as JSON; an empty body is no input";
  static final String EVENT = "The payload as JSON; an empty body is no payload";
  static final String FINISHED_IN_TIME =
      "With timeout: the bare output if the instance has completed, its status if it ended otherwise";
  static final String STARTED =
      "It is stored and will run; Location is where to look, after Retry-After seconds";
  static final String STATUSES =
      "Only these, separated by commas: Pending, Running, Completed, Failed, Terminated";
  static final String HISTORY =
      "Only with showHistory. Each event has EventType, Timestamp and Sequence, and where they apply TaskId, FunctionName or Name,"
          + " Input or Result, FailureDetails";
  static final String TOKEN = "From the page before";

  private ApiDescription() {}
}
