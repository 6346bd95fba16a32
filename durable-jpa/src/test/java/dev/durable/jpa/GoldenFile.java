package dev.durable.jpa;

import dev.durable.OrchestrationStatus;
import dev.durable.core.history.HistoryEvent;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A recorded history. The first line says whose it is; then there is a line for each event, which
 * is a JSON array of the columns EVENT_TYPE, TASK_ID, NAME, PAYLOAD and DETAILS as they stand in
 * the database.
 */
record GoldenFile(String name, String instanceId, String executionId, List<StoredEvent> rows) {

  /** All that are kept. A file that was released is never changed and never removed. */
  static final Path FOLDER = Path.of("src/test/resources/golden");

  static Stream<GoldenFile> all() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList().stream()
          .map(GoldenFile::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GoldenFile read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      JsonObject of = Json.parse(lines.get(0));
      List<StoredEvent> rows =
          lines.stream()
              .skip(1)
              .map(line -> row(Json.parse("{\"row\":" + line + "}").getJsonArray("row")))
              .toList();
      return new GoldenFile(
          FOLDER.relativize(file).toString(),
          of.getString("instanceId"),
          of.getString("executionId"),
          rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StoredEvent row(JsonArray columns) {
    return new StoredEvent(
        columns.getString(0),
        columns.isNull(1) ? null : columns.getInt(1),
        text(columns, 2),
        text(columns, 3),
        text(columns, 4));
  }

  private static @Nullable String text(JsonArray columns, int index) {
    return columns.isNull(index) ? null : columns.getString(index);
  }

  static void write(Path file, OrchestrationStatus of, List<HistoryEvent> history) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Json.object()
            .add("instanceId", of.instanceId())
            .add("executionId", of.executionId())
            .build()
            .toString());
    history.forEach(event -> lines.add(line(EventWriter.write(event))));
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, lines, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String line(StoredEvent row) {
    JsonArrayBuilder columns = jakarta.json.Json.createArrayBuilder().add(row.eventType());
    if (row.taskId() == null) {
      columns.add(JsonValue.NULL);
    } else {
      columns.add(row.taskId());
    }
    for (@Nullable String text :
        new @Nullable String[] {row.name(), row.payload(), row.details()}) {
      if (text == null) {
        columns.add(JsonValue.NULL);
      } else {
        columns.add(text);
      }
    }
    return columns.build().toString();
  }

  List<HistoryEvent> history() {
    List<HistoryEvent> events = new ArrayList<>(rows.size());
    for (StoredEvent row : rows) {
      events.add(EventReader.read(row, name + " line " + (events.size() + 1)));
    }
    return events;
  }

  @Override
  public String toString() {
    return name;
  }
}
