package dev.durable.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.FailureDetails;
import dev.durable.Priority;
import dev.durable.RetryPolicy;
import dev.durable.core.history.CallDetails;
import dev.durable.core.history.HistoryEvent;
import dev.durable.core.history.HistoryEvent.EntityOperationCalled;
import dev.durable.core.history.HistoryEvent.ResultKept;
import dev.durable.core.history.HistoryEvent.TaskCompleted;
import dev.durable.core.history.HistoryEvent.TaskScheduled;
import dev.durable.core.history.InstanceRef;
import dev.durable.core.history.ParentTask;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventsTest {

  private static final String TEXT = "{\"text\":\"\\\" \\\\ ä € \ud83d\ude80 \\u0001\"}";

  /** These parts may be null, by their names in the records. */
  private static final Set<String> NULLABLE =
      Set.of(
          "input",
          "result",
          "payload",
          "output",
          "reason",
          "parent",
          "continuedAt",
          "progress",
          "version",
          "caller",
          "EntityOperationSignaled.at");

  static Stream<Class<?>> types() {
    return leaves(HistoryEvent.class).distinct();
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventsTest::leaves)
        : Stream.of(type);
  }

  private static boolean mayBeNull(RecordComponent part) {
    return NULLABLE.contains(part.getName())
        || NULLABLE.contains(part.getDeclaringRecord().getSimpleName() + "." + part.getName());
  }

  private static HistoryEvent event(Class<?> type, Predicate<RecordComponent> isNull)
      throws Exception {
    RecordComponent[] parts = type.getRecordComponents();
    Class<?>[] types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class[]::new);
    Object[] values =
        Arrays.stream(parts)
            .map(part -> isNull.test(part) ? null : value(part.getType()))
            .toArray();
    return (HistoryEvent) type.getDeclaredConstructor(types).newInstance(values);
  }

  private static Object value(Class<?> type) {
    List<Object> samples =
        List.of(
            12,
            true,
            TEXT,
            List.of("@counter@a", "@counter@b"),
            Instant.parse("2026-02-03T04:05:06.789Z"),
            new ParentTask(new InstanceRef("parent", Long.MAX_VALUE), 3, 4),
            new CallDetails(
                7,
                2,
                RetryPolicy.exponential(5, Duration.ofMillis(1234))
                    .withMaxInterval(Duration.ofHours(1))
                    .withRetryTimeout(Duration.ofDays(2))
                    .withJitter(0.25)
                    .withNonRetriable(Set.of("b.B", "a.A")),
                Duration.ofSeconds(30),
                TEXT,
                Priority.LOW),
            new FailureDetails(
                "Outer",
                TEXT,
                "\tat x\n",
                new FailureDetails("Inner", null, "", null, true),
                false,
                List.of("Above", "Higher")));
    return samples.stream()
        .filter(
            sample ->
                type == int.class
                    ? sample instanceof Integer
                    : type == boolean.class ? sample instanceof Boolean : type.isInstance(sample))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no sample of " + type));
  }

  private static HistoryEvent writtenAndRead(HistoryEvent event) {
    return EventReader.read(EventWriter.write(event), "ROW");
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyEventIsReadAsItWasWritten(Class<?> type) throws Exception {
    HistoryEvent full = event(type, part -> false);
    HistoryEvent bare = event(type, EventsTest::mayBeNull);

    assertThat(writtenAndRead(full)).isEqualTo(full);
    assertThat(writtenAndRead(bare)).isEqualTo(bare);
    assertThat(EventWriter.write(full).eventType()).isEqualTo(full.type()).hasSizeLessThan(64);
  }

  @Test
  void payloadsAreStoredAsTheyAre() {
    assertThat(EventWriter.write(new TaskCompleted(1, TEXT)).payload()).isEqualTo(TEXT);
    assertThat(EventWriter.write(new TaskScheduled(1, "charge", TEXT)).details()).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 999_999, 1_000_000, 1_000_001})
  void theShortestRetryTimeoutsAreReadAsAMillisecond(long nanos) {
    RetryPolicy policy =
        RetryPolicy.fixed(3, Duration.ofSeconds(1)).withRetryTimeout(Duration.ofNanos(nanos));

    assertThat(
            writtenAndRead(
                new TaskScheduled(
                    1, "charge", null, CallDetails.first(1, policy, null, Priority.NORMAL))))
        .isEqualTo(
            new TaskScheduled(
                1,
                "charge",
                null,
                CallDetails.first(
                    1, policy.withRetryTimeout(Duration.ofMillis(1)), null, Priority.NORMAL)));
  }

  @Test
  void whatANewerReleaseHasAddedIsIgnored() {
    StoredEvent stored =
        new StoredEvent("TimerFired", 1, null, null, "{\"fireAt\":5,\"added\":{\"later\":[1]}}");

    assertThat(EventReader.read(stored, "ROW"))
        .isEqualTo(new HistoryEvent.TimerFired(1, Instant.ofEpochMilli(5)));
  }

  @Test
  void anUnknownTypeIsRefusedWithRowAndType() {
    StoredEvent stored = new StoredEvent("TaskVanished", 1, null, null, null);

    assertThatThrownBy(() -> EventReader.read(stored, "DURABLE_HISTORY (1, 1, 3)"))
        .isInstanceOf(UnreadableRowException.class)
        .hasMessageContaining("DURABLE_HISTORY (1, 1, 3)")
        .hasMessageContaining("TaskVanished");
  }

  static Stream<StoredEvent> damaged() {
    return Stream.of(
        new StoredEvent("TimerFired", 1, null, null, null),
        new StoredEvent("TimerFired", 1, null, null, "{"),
        new StoredEvent("TimerFired", 1, null, null, "[]"),
        new StoredEvent("TimerFired", 1, null, null, "{\"fireAt\":\"soon\"}"),
        new StoredEvent("TimerFired", 1, null, null, "{\"fireAt\":1.5}"),
        new StoredEvent("TimerFired", null, null, null, "{\"fireAt\":1}"),
        new StoredEvent("TaskFailed", 1, null, null, "{}"),
        new StoredEvent("TaskFailed", 1, null, null, "{\"failure\":{}}"),
        new StoredEvent("EventRaised", null, null, null, "{\"eventId\":\"e\"}"));
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void aRowThatLacksSomethingIsRefusedWithRowAndType(StoredEvent stored) {
    assertThatThrownBy(() -> EventReader.read(stored, "ROW"))
        .isInstanceOf(UnreadableRowException.class)
        .hasMessageContaining("ROW")
        .hasMessageContaining(stored.eventType());
  }

  @Test
  void theResultOfAnOperationIsKeptWhateverTheLengthOfItsNames() {
    EntityOperationCalled call =
        new EntityOperationCalled(
            1, "@" + "n".repeat(100) + "@" + "k".repeat(98), "an operation ".repeat(15), null);
    ResultKept kept = new ResultKept(false, ResultKept.nameOf(call), "1", "2");

    StoredEvent stored = EventWriter.write(kept);

    assertThat(stored.name()).hasSizeLessThanOrEqualTo(200);
    assertThat(EventReader.read(stored, "the test")).isEqualTo(kept);
  }
}
