package dev.durable.rest;

import dev.durable.RuntimeStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of {@code docs/life-cycle.md}: what each action answers in each status. */
final class LifeCycleTable {

  /** The status of an id that nobody has used, as the table calls it. */
  static final String NO_INSTANCE = "no such instance";

  private static final Path DOCUMENT = Path.of("..", "docs", "life-cycle.md");
  private static final Pattern ANSWER = Pattern.compile("([0-9]{3})(?: → ([A-Za-z]+))?");

  /**
   * One cell.
   *
   * @param action what is done, in words
   * @param request how
   * @param before the status before; empty for no instance
   * @param answer the HTTP status
   * @param after what becomes of the instance: a status, {@code new} for another execution, {@code
   *     gone}; empty if it stays in its status
   */
  record Cell(
      String action,
      String request,
      Optional<RuntimeStatus> before,
      int answer,
      Optional<String> after) {

    @Override
    public String toString() {
      return action
          + " when "
          + before.map(StatusNames::of).orElse(NO_INSTANCE)
          + ": "
          + answer
          + after.map(status -> " → " + status).orElse("");
    }
  }

  private LifeCycleTable() {}

  static List<Cell> cells() throws IOException {
    List<Cell> cells = new ArrayList<>();
    List<String> head = List.of();
    for (String line : Files.readAllLines(DOCUMENT)) {
      if (line.startsWith("| action |")) {
        head = DocumentedTables.columns(line);
      } else if (!line.startsWith("|")) {
        head = List.of();
      } else if (!head.isEmpty() && !line.startsWith("|--")) {
        cells.addAll(row(head, DocumentedTables.columns(line)));
      }
    }
    return cells;
  }

  private static List<Cell> row(List<String> head, List<String> row) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 2; i < head.size(); i++) {
      Matcher answer = ANSWER.matcher(row.get(i));
      if (!answer.matches()) {
        throw new IllegalStateException("Not an answer: " + row.get(i));
      }
      cells.add(
          new Cell(
              row.get(0),
              row.get(1).replace("`", ""),
              status(head.get(i)),
              Integer.parseInt(answer.group(1)),
              Optional.ofNullable(answer.group(2))));
    }
    return cells;
  }

  private static Optional<RuntimeStatus> status(String name) {
    return name.equals(NO_INSTANCE)
        ? Optional.empty()
        : Optional.of(StatusNames.parse(name).orElseThrow());
  }
}
