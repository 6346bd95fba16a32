package examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A test that a document names, as {@code SomeTest} or {@code SomeTest.someCase}.
 *
 * @param document where it stands
 * @param line in which line, from 1
 * @param type the simple name of its class
 * @param method its method; null if the whole class is meant
 */
record NamedTest(Path document, int line, String type, @Nullable String method) {

  private static final Pattern NAME =
      Pattern.compile(
          "`([A-Z](?=[A-Za-z0-9]*[a-z])[A-Za-z0-9]*(?:Test|IT|Cases|Contract))(?:\\.(\\w+))?`");

  private static final Pattern TEST = Pattern.compile("@(Test|ParameterizedTest)\\b");

  /** All of a document. */
  static List<NamedTest> of(Path document) throws IOException {
    List<NamedTest> tests = new ArrayList<>();
    List<String> lines = Files.readAllLines(document);
    for (int i = 0; i < lines.size(); i++) {
      Matcher name = NAME.matcher(lines.get(i));
      while (name.find()) {
        tests.add(new NamedTest(document, i + 1, name.group(1), name.group(2)));
      }
    }
    return tests;
  }

  /** Whether it is there, and run: in one of the classes of that name, if there are several. */
  boolean isIn(Map<String, List<String>> sources) {
    return sources.getOrDefault(type, List.of()).stream()
        .anyMatch(source -> method == null || isTestIn(source, method));
  }

  /** Members stand apart by an empty line. */
  private static boolean isTestIn(String source, String method) {
    Pattern declaration = Pattern.compile("\\bvoid " + Pattern.quote(method) + "\\(");
    return Arrays.stream(source.split("\\n\\n"))
        .anyMatch(part -> declaration.matcher(part).find() && TEST.matcher(part).find());
  }

  @Override
  public String toString() {
    return document + ":" + line + " names " + type + (method == null ? "" : "." + method);
  }
}
