package dev.durable.jpa;

import static dev.durable.jpa.ColumnType.BIGINT;
import static dev.durable.jpa.ColumnType.INTEGER;
import static dev.durable.jpa.ColumnType.VARCHAR;

/** What several kinds of calls delete. */
final class Deletes {

  /** A message: the key of its target, and its id. */
  static final Write MESSAGE =
      Write.change(
          "DELETE FROM DURABLE_INBOX m WHERE m.INSTANCE_KEY = ? AND m.MESSAGE_ID = ?",
          BIGINT,
          VARCHAR);

  /** All messages to an instance. */
  static final Write INBOX =
      Write.change("DELETE FROM DURABLE_INBOX m WHERE m.INSTANCE_KEY = ?", BIGINT);

  /** All activity tasks of an instance. */
  static final Write TASKS =
      Write.change("DELETE FROM DURABLE_ACTIVITY_TASK t WHERE t.INSTANCE_KEY = ?", BIGINT);

  /** The task of a lease, if that stands: its key and version. */
  static final Write TASK =
      Write.fenced(
          """
          DELETE FROM DURABLE_ACTIVITY_TASK t
          WHERE t.INSTANCE_KEY = ? AND t.EXECUTION = ? AND t.TASK_ID = ? AND t.VERSION = ?""",
          """
          SELECT t.TASK_ID FROM # JOIN DURABLE_ACTIVITY_TASK t ON t.INSTANCE_KEY = k.P1
            AND t.EXECUTION = k.P2 AND t.TASK_ID = k.P3
          ORDER BY t.INSTANCE_KEY, t.EXECUTION, t.TASK_ID FOR UPDATE OF t""",
          0,
          3,
          BIGINT,
          INTEGER,
          INTEGER,
          BIGINT);

  private Deletes() {}
}
