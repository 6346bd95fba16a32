package examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The project's documents. */
final class Documents {

  private Documents() {}

  /** All of them: the README, and what lies in docs. */
  static List<Path> all(Path project) throws IOException {
    List<Path> documents = new ArrayList<>();
    documents.add(project.resolve("README.md"));
    try (Stream<Path> files = Files.walk(project.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    return documents;
  }
}
