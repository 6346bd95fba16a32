package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.EntityId;
import dev.durable.FailureDetails;
import dev.durable.NonDeterminismException;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.spi.Failures;
import dev.durable.core.spi.Names;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskHubLogTest {

  private static final InstanceRef ORDER = new InstanceRef("order-1", 1);

  private final List<String> lines = new ArrayList<>();
  private final TaskHubLog log = new TaskHubLog(new Lines());

  private final class Lines implements System.Logger {

    @Override
    public String getName() {
      return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String text, @Nullable Throwable thrown) {
      lines.add(level + " " + text);
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String format, Object... parameters) {
      lines.add(level + " " + MessageFormat.format(format, parameters));
    }
  }

  @Test
  void whoIsBlockedIsToldWithTheReasonAndWhatHelps() {
    FailureDetails drift = Failures.of(new NonDeterminismException("The code {now} differs."));

    log.instanceBlocked(ORDER, "fulfil", drift, Instant.parse("2026-01-01T00:05:00Z"));
    log.instanceBlocked(ORDER, "fulfil", Failures.poisonedInstance(20), Names.LATEST_TIME);

    assertThat(lines)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "WARNING DUR-4010: order-1 (fulfil) is BLOCKED and tried again at"
                            + " 2026-01-01T00:05:00Z, when a node starts, and when it is resumed:"
                            + " dev.durable.NonDeterminismException: The code {now} differs."),
            line ->
                assertThat(line)
                    .startsWith(
                        "WARNING DUR-4010: order-1 (fulfil) is BLOCKED and tried again only when it"
                            + " is resumed: "));
  }

  @Test
  void aFailedSignalIsToldBecauseNobodyElseHearsOfItAndNotMoreOftenThanPeopleCanRead() {
    EntityId counter = new EntityId("counter", "c1");
    FailureDetails overflow = Failures.of(new ArithmeticException("too {much}"));

    log.operationFinished(counter, "add", true, null);
    log.operationFinished(counter, "add", true, overflow);
    assertThat(lines)
        .containsExactly(
            "WARNING DUR-4012: Operation add of entity counter@c1, which was signalled, failed and"
                + " has changed nothing: java.lang.ArithmeticException: too {much}");

    for (int i = 0; i < 1_000; i++) {
      log.operationFinished(counter, "add", true, overflow);
    }
    assertThat(lines).hasSizeBetween(1, 10);
  }

  @Test
  void aFailedCallIsItsCallersConcern() {
    EntityId counter = new EntityId("counter", "c1");
    log.operationFinished(counter, "add", false, Failures.of(new ArithmeticException("much")));

    assertThat(lines)
        .containsExactly(
            "DEBUG DUR-4013: Operation add of entity counter@c1 failed with"
                + " java.lang.ArithmeticException; its caller decides what happens next.");
  }

  @Test
  void anEntityThatIsBlockedIsNotToBeResumed() {
    log.instanceBlocked(
        new InstanceRef("@counter@c1", 1),
        "counter",
        Failures.of(new IllegalStateException("no code")),
        Instant.parse("2026-01-01T00:05:00Z"));

    assertThat(lines)
        .singleElement()
        .asString()
        .contains("is BLOCKED and tried again at 2026-01-01T00:05:00Z and when a node starts: ");
  }

  @Test
  void aLongHistoryIsToldWithItsLength() {
    log.historyLong(ORDER, "fulfil", 12_345);

    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith("WARNING DUR-4011: The history of order-1 (fulfil) has 12345 events.");
  }

  @Test
  void aDeploymentThatBlocksManyDoesNotFillTheDisk() {
    FailureDetails drift = Failures.of(new NonDeterminismException("different"));

    for (int i = 0; i < 1_000; i++) {
      log.instanceBlocked(new InstanceRef("order-" + i, i + 1), "fulfil", drift, Instant.EPOCH);
    }

    assertThat(lines).hasSizeBetween(1, 10);
  }
}
