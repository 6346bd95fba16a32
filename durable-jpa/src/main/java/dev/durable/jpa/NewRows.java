package dev.durable.jpa;

import static dev.durable.jpa.ColumnType.BIGINT;
import static dev.durable.jpa.ColumnType.INTEGER;
import static dev.durable.jpa.ColumnType.TEXT;
import static dev.durable.jpa.ColumnType.VARCHAR;

import java.util.List;
import java.util.stream.Stream;

/** The tables that commits insert into, with the columns in the order of the values of a row. */
enum NewRows {
  /** If an id is taken, the commit is tried again, and a start looks for it. */
  INSTANCES(Write.insert("DURABLE_INSTANCE", Columns.OF_INSTANCE, Columns.TYPES_OF_INSTANCE)),

  /** The same behind their first episodes. */
  BEGUN_INSTANCES(
      Write.insert("DURABLE_INSTANCE", Columns.OF_BEGUN_INSTANCE, Columns.typesOfBegunInstance())),

  TAGS(Write.insert("DURABLE_TAG", "INSTANCE_KEY, NAME, VALUE_", BIGINT, VARCHAR, VARCHAR)),

  HISTORY(
      Write.insertFew(
          4,
          "DURABLE_HISTORY",
          """
          INSTANCE_KEY, EXECUTION, SEQ, EVENT_TYPE, TASK_ID, NAME, SCHEDULED_TASK_ID,
          COMPLETED_TASK_ID, PAYLOAD, DETAILS""",
          BIGINT,
          INTEGER,
          INTEGER,
          VARCHAR,
          INTEGER,
          VARCHAR,
          INTEGER,
          INTEGER,
          TEXT,
          TEXT)),

  TASKS(
      Write.insert(
          "DURABLE_ACTIVITY_TASK",
          """
          INSTANCE_KEY, EXECUTION, TASK_ID, TASK_HUB, INSTANCE_ID, NAME, VISIBLE_AT, VERSION,
          ATTEMPT, LEASE_OWNER, LEASE_EXPIRES_AT, INPUT_JSON, EXECUTION_ID, CALL_ID, CALL_ATTEMPT,
          TIMEOUT, PRIORITY, PROGRESS""",
          BIGINT,
          INTEGER,
          INTEGER,
          VARCHAR,
          VARCHAR,
          VARCHAR,
          BIGINT,
          BIGINT,
          INTEGER,
          VARCHAR,
          BIGINT,
          TEXT,
          VARCHAR,
          INTEGER,
          INTEGER,
          BIGINT,
          INTEGER,
          TEXT)),

  PAYLOADS(
      Write.insert("DURABLE_PAYLOAD", "INSTANCE_KEY, PURPOSE, PAYLOAD", BIGINT, VARCHAR, TEXT)),

  LOCKS(
      Write.insert(
          "DURABLE_LOCK",
          """
          INSTANCE_KEY, TASK_HUB, INSTANCE_ID, OWNER_KEY, OWNER_ID, OWNER_EXECUTION,
          OWNER_TASK_ID, LOCKED_AT""",
          BIGINT,
          VARCHAR,
          VARCHAR,
          BIGINT,
          VARCHAR,
          INTEGER,
          INTEGER,
          BIGINT)),

  EVENT_IDS(
      Write.insert(
          "DURABLE_EVENT_ID", "INSTANCE_KEY, EVENT_ID, RECEIVED_AT", BIGINT, VARCHAR, BIGINT)),

  /** Last, as targets may be new. */
  INBOX(
      Write.insertMissing(
          "DURABLE_INBOX",
          """
          INSTANCE_KEY, MESSAGE_ID, TASK_HUB, KIND, CARRIED, EXECUTION, VISIBLE_AT, EVENT_TYPE,
          TASK_ID, NAME, PAYLOAD, DETAILS""",
          """
           WHERE EXISTS (SELECT 1 FROM DURABLE_INSTANCE i WHERE i.INSTANCE_KEY = k.P1)""",
          BIGINT,
          VARCHAR,
          VARCHAR,
          INTEGER,
          INTEGER,
          INTEGER,
          BIGINT,
          VARCHAR,
          INTEGER,
          VARCHAR,
          TEXT,
          TEXT));

  private final Write write;

  NewRows(Write write) {
    this.write = write;
  }

  Write write() {
    return write;
  }

  private static final class Columns {

    static final String OF_INSTANCE =
        """
        INSTANCE_KEY, TASK_HUB, INSTANCE_ID, KIND, BUCKET, EXECUTION, EXECUTION_ID, NAME,
        ORCHESTRATOR_VERSION, VERSION, STATUS, CREATED_AT, UPDATED_AT, PARENT_INSTANCE_KEY,
        PARENT_INSTANCE_ID, PARENT_EXECUTION, PARENT_TASK_ID, INPUT_JSON, TAGS, LEASE_OWNER,
        LEASE_EXPIRES_AT, ATTEMPT""";

    static final ColumnType[] TYPES_OF_INSTANCE = {
      BIGINT, VARCHAR, VARCHAR, INTEGER, INTEGER, INTEGER, VARCHAR, VARCHAR, VARCHAR, BIGINT,
      VARCHAR, BIGINT, BIGINT, BIGINT, VARCHAR, INTEGER, INTEGER, TEXT, TEXT, VARCHAR, BIGINT,
      INTEGER
    };

    static final String OF_BEGUN_INSTANCE =
        OF_INSTANCE + ", HISTORY_SIZE, COMPLETED_AT, OUTPUT_JSON, CUSTOM_STATUS, FAILURE";

    private static final List<ColumnType> TYPES_OF_EPISODE =
        List.of(INTEGER, BIGINT, TEXT, TEXT, TEXT);

    static ColumnType[] typesOfBegunInstance() {
      return Stream.concat(Stream.of(TYPES_OF_INSTANCE), TYPES_OF_EPISODE.stream())
          .toArray(ColumnType[]::new);
    }

    private Columns() {}
  }
}
