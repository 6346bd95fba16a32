package examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentedCodeTest {

  private static final Path PROJECT = Path.of("..", "..");
  private static final Path DOCS = PROJECT.resolve("docs");
  private static final Path SOURCES = Path.of("src", "main", "java");

  private static List<CodeBlock> blocks() throws IOException {
    List<CodeBlock> blocks = new ArrayList<>();
    for (Path document : Documents.all(PROJECT)) {
      blocks.addAll(CodeBlock.of(document));
    }
    return blocks;
  }

  @Test
  void whatIsSaidToBeAnExampleStandsInThatFileWordForWord() throws IOException {
    for (CodeBlock block : blocks()) {
      if (block.example() != null) {
        Path file = SOURCES.resolve(block.example());
        assertThat(file).as("the example of " + block).exists();
        assertThat(block.standsIn(file)).as(block + " stands in " + file).isTrue();
      }
    }
  }

  @Test
  void howTosAndTheTutorialShowOnlyCodeThatIsCompiled() throws IOException {
    assertThat(blocks())
        .filteredOn(
            block ->
                block.document().startsWith(DOCS.resolve("howto"))
                    || block.document().equals(DOCS.resolve("tutorial.md")))
        .isNotEmpty()
        .allSatisfy(block -> assertThat(block.example()).as("marker of " + block).isNotNull());
  }

  /** Files that only others need, such as records, are shown by nobody; packages are. */
  @Test
  void everyPackageOfExamplesIsShownSomewhere() throws IOException {
    List<Path> shown =
        blocks().stream()
            .map(CodeBlock::example)
            .filter(Objects::nonNull)
            .map(example -> SOURCES.resolve(example).getParent())
            .distinct()
            .toList();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      assertThat(
              files
                  .filter(Files::isRegularFile)
                  .map(Path::getParent)
                  .distinct()
                  .collect(Collectors.toList()))
          .hasSameElementsAs(shown);
    }
  }
}
