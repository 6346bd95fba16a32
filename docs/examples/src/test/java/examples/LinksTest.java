package examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Links from one document to another. */
class LinksTest {

  private static final Path PROJECT = Path.of("..", "..");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s:]*)(?:#([^)\\s]+))?\\)");

  @Test
  void everyLinkLeadsToAFileAndAHeadingInIt() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : Documents.all(PROJECT)) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
        if (!leadsTo(target, link.group(2))) {
          broken.add(document + ": " + link.group());
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static boolean leadsTo(Path target, @Nullable String heading) throws IOException {
    return Files.exists(target)
        && (heading == null
            || Files.readAllLines(target).stream()
                .filter(line -> line.startsWith("#"))
                .anyMatch(line -> anchor(line).equals(heading)));
  }

  /** As it is made of a heading where Markdown is shown. */
  private static String anchor(String heading) {
    return heading
        .replaceFirst("^#+\\s+", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9 _-]", "")
        .replace(' ', '-');
  }
}
