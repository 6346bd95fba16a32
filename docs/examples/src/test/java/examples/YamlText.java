package examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads as much of YAML as manifests need: mappings, sequences, plain and quoted values, literal
 * blocks, comments on lines of their own; each level is two further in than the one above.
 * Everything else fails, and so does what is said twice.
 */
final class YamlText {

  private static final String STEP = "  ";
  private static final String ITEM = "- ";
  private static final String BLOCK = "|";
  private static final Pattern KEY = Pattern.compile("([A-Za-z][\\w.-]*):(?: +(.+))?");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"\\\\]*)\"|'([^']*)'");
  private static final Pattern PLAIN =
      Pattern.compile("(?!.*(: | #))[A-Za-z0-9/._-][^\"'{}\\[\\]&*!|%@`]*");

  /** What a line begins whose text is so far in. */
  private record Level(int indent, String path) {}

  private final List<String> lines;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, Integer> items = new HashMap<>();
  private final Deque<Level> levels = new ArrayDeque<>();
  private int next;

  private YamlText(List<String> lines) {
    this.lines = lines;
  }

  /**
   * The documents of a text, each as its values by their paths, such as {@code
   * spec.triggers[0].type}.
   */
  static List<Map<String, String>> documents(List<String> lines) {
    List<Map<String, String>> documents = new ArrayList<>();
    int first = 0;
    for (int i = 0; i <= lines.size(); i++) {
      if (i == lines.size() || lines.get(i).equals("---")) {
        documents.add(new YamlText(lines.subList(first, i)).read());
        first = i + 1;
      }
    }
    return documents;
  }

  private Map<String, String> read() {
    while (next < lines.size()) {
      String line = lines.get(next++);
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        assertThat(line).doesNotContain("\t").doesNotEndWith(" ");
        read(indent(line), text);
      }
    }
    return values;
  }

  private void read(int indent, String text) {
    String above = above(indent);
    if (text.startsWith(ITEM)) {
      assertThat(above).as("what line %s is an item of", next).isNotEmpty();
      String item = above + "[" + (items.merge(above, 1, Integer::sum) - 1) + "]";
      levels.push(new Level(indent, item));
      String content = text.substring(ITEM.length());
      if (KEY.matcher(content).matches()) {
        read(indent + STEP.length(), content);
      } else {
        put(item, value(content, indent));
      }
      return;
    }
    Matcher key = KEY.matcher(text);
    assertThat(key.matches()).as(text).isTrue();
    String path = above.isEmpty() ? key.group(1) : above + "." + key.group(1);
    if (key.group(2) == null) {
      levels.push(new Level(indent, path));
    } else {
      put(path, value(key.group(2), indent));
    }
  }

  /** The path of what a line belongs to. */
  private String above(int indent) {
    while (!levels.isEmpty() && levels.element().indent() >= indent) {
      levels.pop();
    }
    assertThat(indent)
        .as("the indent of line %s", next)
        .isEqualTo(levels.isEmpty() ? 0 : levels.element().indent() + STEP.length());
    return levels.isEmpty() ? "" : levels.element().path();
  }

  private void put(String path, String value) {
    assertThat(values.put(path, value)).as("%s said before", path).isNull();
  }

  private String value(String text, int indent) {
    if (text.equals(BLOCK)) {
      return block(indent);
    }
    Matcher quoted = QUOTED.matcher(text);
    if (quoted.matches()) {
      return quoted.group(1) == null ? quoted.group(2) : quoted.group(1);
    }
    assertThat(text).matches(PLAIN);
    return text;
  }

  /** The lines that are further in. */
  private String block(int indent) {
    List<String> block = new ArrayList<>();
    int inner = indent(lines.get(next));
    assertThat(inner).isGreaterThan(indent);
    while (next < lines.size() && indent(lines.get(next)) >= inner) {
      block.add(lines.get(next++).substring(inner));
    }
    return String.join("\n", block);
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }
}
