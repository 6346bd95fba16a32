package dev.durable.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The tables of the documents, so that what they say can be tried. */
final class DocumentedTables {

  private static final Path DOCUMENTS = Path.of("..", "docs");

  private DocumentedTables() {}

  /**
   * The rows of all tables that have this head and stand below a heading, column by column.
   *
   * @param head the line as it is in the document
   */
  static List<List<String>> rows(String document, String heading, String head) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    boolean below = false;
    boolean inside = false;
    for (String line : Files.readAllLines(DOCUMENTS.resolve(document))) {
      if (line.startsWith("#")) {
        below = line.equals(heading);
      }
      if (!line.startsWith("|")) {
        inside = false;
      } else if (below && line.equals(head)) {
        inside = true;
      } else if (inside && !line.startsWith("|--")) {
        rows.add(columns(line));
      }
    }
    return rows;
  }

  static List<String> columns(String line) {
    return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
  }
}
