package examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the documents say of tests. */
class DocumentedTestsTest {

  private static final Path PROJECT = Path.of("..", "..");
  private static final Set<String> NO_SOURCES = Set.of("target", ".git");

  /** The texts of the Java files of the tests, by the simple names of their classes. */
  private static Map<String, List<String>> sources() throws IOException {
    Map<String, List<String>> sources = new HashMap<>();
    Files.walkFileTree(
        PROJECT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return NO_SOURCES.contains(directory.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = file.getFileName().toString();
            if (name.endsWith(".java") && file.toString().contains("src/test/java")) {
              sources
                  .computeIfAbsent(name.replace(".java", ""), type -> new ArrayList<>())
                  .add(Files.readString(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return sources;
  }

  private static List<NamedTest> named() throws IOException {
    List<NamedTest> named = new ArrayList<>();
    for (Path document : Documents.all(PROJECT)) {
      named.addAll(NamedTest.of(document));
    }
    return named;
  }

  @Test
  void everyTestThatADocumentNamesIsThere() throws IOException {
    Map<String, List<String>> sources = sources();

    assertThat(named()).isNotEmpty().filteredOn(test -> !test.isIn(sources)).isEmpty();
  }

  @Test
  void whatIsNoTestIsNotTakenForOne() throws IOException {
    Map<String, List<String>> sources = sources();
    Path here = Path.of("here");

    assertThat(new NamedTest(here, 1, "DocumentedTestsTest", "whatIsNoTestIsNotTakenForOne"))
        .matches(test -> test.isIn(sources));
    assertThat(new NamedTest(here, 1, "DocumentedTestsTest", null))
        .matches(test -> test.isIn(sources));
    assertThat(new NamedTest(here, 1, "DocumentedTestsTest", "named"))
        .matches(test -> !test.isIn(sources));
    assertThat(new NamedTest(here, 1, "NoSuchTest", null)).matches(test -> !test.isIn(sources));
  }
}
