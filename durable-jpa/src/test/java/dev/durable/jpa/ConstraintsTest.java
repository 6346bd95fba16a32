package dev.durable.jpa;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The worst states cannot be stored, whatever the code does. */
class ConstraintsTest {

  private static final AtomicLong KEYS = new AtomicLong(-1);

  private final long key = KEYS.decrementAndGet();

  private String instance(long instanceKey, String id) {
    return "INSERT INTO DURABLE_INSTANCE (INSTANCE_KEY, TASK_HUB, INSTANCE_ID, BUCKET, EXECUTION,"
        + " EXECUTION_ID, NAME, VERSION, STATUS, CREATED_AT, UPDATED_AT) VALUES ("
        + instanceKey
        + ", 'constraints', '"
        + id
        + "', 0, 1, 'e', 'n', 1, 'PENDING', 0, 0)";
  }

  private String history(int seq, String scheduled, String completed) {
    return "INSERT INTO DURABLE_HISTORY (INSTANCE_KEY, EXECUTION, SEQ, EVENT_TYPE,"
        + " SCHEDULED_TASK_ID, COMPLETED_TASK_ID) VALUES ("
        + key
        + ", 1, "
        + seq
        + ", 'x', "
        + scheduled
        + ", "
        + completed
        + ")";
  }

  private String message(String id) {
    return "INSERT INTO DURABLE_INBOX (INSTANCE_KEY, MESSAGE_ID, TASK_HUB, CARRIED, EXECUTION,"
        + " VISIBLE_AT, EVENT_TYPE) VALUES ("
        + key
        + ", '"
        + id
        + "', 'constraints', 0, 0, 0, 'x')";
  }

  private String task(int taskId) {
    return "INSERT INTO DURABLE_ACTIVITY_TASK (INSTANCE_KEY, EXECUTION, TASK_ID, TASK_HUB,"
        + " INSTANCE_ID, NAME, VISIBLE_AT, VERSION, LEASE_EXPIRES_AT, EXECUTION_ID, CALL_ID, CALL_ATTEMPT) VALUES ("
        + key
        + ", 1, "
        + taskId
        + ", 'constraints', 'i', 'n', 0, 1, 0, 'e', 0, 1)";
  }

  private static void refuses(Dialect dialect, String duplicate) {
    assertThatThrownBy(() -> TestDatabase.of(dialect).run(duplicate))
        .hasMessageContaining("duplicate key value");
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void twoInstancesWithOneIdAreRefused(Dialect dialect) {
    TestDatabase.of(dialect).run(instance(key, "i" + key));
    refuses(dialect, instance(KEYS.decrementAndGet(), "i" + key));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void twoEventsAtOnePlaceAreRefused(Dialect dialect) {
    TestDatabase.of(dialect).run(history(1, "NULL", "NULL"));
    refuses(dialect, history(1, "NULL", "NULL"));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void twoAnswersToOneTaskAreRefused(Dialect dialect) {
    TestDatabase.of(dialect).run(history(1, "NULL", "7"));
    refuses(dialect, history(2, "NULL", "7"));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void oneTaskScheduledTwiceIsRefused(Dialect dialect) {
    TestDatabase.of(dialect).run(history(1, "7", "NULL"));
    refuses(dialect, history(2, "7", "NULL"));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void eventsThatAreAboutNoTaskDoNotCollide(Dialect dialect) {
    TestDatabase.of(dialect)
        .run(
            history(1, "7", "NULL"),
            history(2, "NULL", "7"),
            history(3, "NULL", "NULL"),
            history(4, "NULL", "NULL"));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void oneMessageTwiceIsRefused(Dialect dialect) {
    TestDatabase.of(dialect).run(message("m"));
    refuses(dialect, message("m"));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void oneActivityTaskTwiceIsRefused(Dialect dialect) {
    TestDatabase.of(dialect).run(task(7));
    refuses(dialect, task(7));
  }
}
