package examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The build that the tutorial gives its readers. */
class TutorialTest {

  private static final Path PROJECT = Path.of("..", "..");
  private static final Path TUTORIAL = PROJECT.resolve("docs").resolve("tutorial");
  private static final Pattern PROPERTY = Pattern.compile("<([\\w.-]+)>([^<]+)</\\1>");
  private static final Pattern ARTIFACT =
      Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*<version>(?:\\$\\{)?([^<}]+)}?<");

  private static String textOf(Path... poms) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path pom : poms) {
      text.append(Files.readString(pom));
    }
    return text.toString();
  }

  /** Versions by artifact, as they are written or as a property says. */
  private static Map<String, String> versions(String poms) {
    Map<String, String> properties = new HashMap<>();
    Matcher property = PROPERTY.matcher(poms);
    while (property.find()) {
      properties.put(property.group(1), property.group(2));
    }
    Map<String, String> versions = new HashMap<>();
    Matcher artifact = ARTIFACT.matcher(poms);
    while (artifact.find()) {
      String version = artifact.group(2);
      versions.put(artifact.group(1), properties.getOrDefault(version, version));
    }
    versions.replaceAll(
        (name, version) ->
            version.equals("project.version") ? versions.get("durable-parent") : version);
    return versions;
  }

  @Test
  void itsVersionsAreThoseOfThisBuild() throws IOException {
    Map<String, String> ours = versions(textOf(PROJECT.resolve("pom.xml")));
    Map<String, String> theirs =
        versions(
            textOf(
                TUTORIAL.resolve("pom.xml"),
                TUTORIAL.resolve("functions").resolve("pom.xml"),
                TUTORIAL.resolve("ear").resolve("pom.xml")));
    theirs.keySet().removeAll(Set.of("parcels", "functions", "ear"));

    assertThat(theirs)
        .containsKeys("durable-ejb", "derby", "openliberty-runtime", "maven-ear-plugin");
    assertThat(ours).containsAllEntriesOf(theirs);
  }
}
