package examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A block of Java in a document.
 *
 * @param document where it stands
 * @param line where it begins, from 1
 * @param example the file that it is taken from, as the marker before it says; null without one
 * @param code its lines
 */
record CodeBlock(Path document, int line, @Nullable String example, List<String> code) {

  private static final Pattern MARKER = Pattern.compile("<!-- example: (\\S+\\.java) -->");

  /** All of a document. */
  static List<CodeBlock> of(Path document) throws IOException {
    List<CodeBlock> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(document);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().equals("```java")) {
        List<String> rest = lines.subList(i + 1, lines.size());
        int length = trimmed(rest).indexOf("```");
        blocks.add(new CodeBlock(document, i + 1, marker(lines, i), rest.subList(0, length)));
      }
    }
    return blocks;
  }

  private static @Nullable String marker(List<String> lines, int fence) {
    Matcher marker = MARKER.matcher(fence == 0 ? "" : lines.get(fence - 1).strip());
    return marker.matches() ? marker.group(1) : null;
  }

  /** Whether its lines stand one after the other in a file, however they are indented. */
  boolean standsIn(Path file) throws IOException {
    return Collections.indexOfSubList(trimmed(Files.readAllLines(file)), trimmed(code)) >= 0;
  }

  private static List<String> trimmed(List<String> lines) {
    return lines.stream().map(String::strip).toList();
  }

  @Override
  public String toString() {
    return document + ":" + line;
  }
}
