package examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manifests that the documents give to their readers. */
class ManifestsTest {

  private static final Path PROJECT = Path.of("..", "..");
  private static final Path HOWTO = PROJECT.resolve("docs").resolve("howto");
  private static final Path KEDA = HOWTO.resolve("keda-scaledobject.yaml");
  private static final Path HPA = HOWTO.resolve("hpa.yaml");
  private static final String FENCE = "```";

  @Test
  void kedaAsksTheNodesAndLooksIntoTheDatabaseAtZero() throws IOException {
    List<Map<String, String>> documents = YamlText.documents(Files.readAllLines(KEDA));

    assertThat(documents).hasSize(3);
    assertThat(documents.get(2))
        .containsEntry("apiVersion", "keda.sh/v1alpha1")
        .containsEntry("kind", "ScaledObject")
        .containsEntry("spec.minReplicaCount", "0")
        .containsKeys("spec.scaleTargetRef.name", "spec.maxReplicaCount", "spec.cooldownPeriod")
        .containsEntry("spec.triggers[0].type", "metrics-api")
        .containsEntry("spec.triggers[0].metricType", "AverageValue")
        .containsEntry("spec.triggers[0].metadata.valueLocation", "recommendedNodes")
        .containsEntry("spec.triggers[0].metadata.targetValue", "1")
        .containsEntry("spec.triggers[0].metadata.authMode", "basic")
        .containsEntry("spec.triggers[1].type", "postgresql")
        .containsEntry("spec.triggers[1].metricType", "AverageValue")
        .containsEntry("spec.triggers[1].metadata.targetQueryValue", "1")
        .containsKey("spec.triggers[1].metadata.query")
        // it would start nodes when there are none that could be asked
        .doesNotContainKey("spec.fallback.replicas");
    assertThat(documents.get(2).get("spec.triggers[0].metadata.url"))
        .endsWith("/durable/api/v1/scale");
  }

  @Test
  void kedaHasCredentialsForEachTrigger() throws IOException {
    List<Map<String, String>> documents = YamlText.documents(Files.readAllLines(KEDA));

    for (int i = 0; i < 2; i++) {
      assertThat(documents.get(i))
          .containsEntry("kind", "TriggerAuthentication")
          .containsEntry(
              "metadata.name",
              documents.get(2).get("spec.triggers[" + i + "].authenticationRef.name"));
    }
    assertThat(documents.get(0))
        .containsEntry("spec.secretTargetRef[0].parameter", "username")
        .containsEntry("spec.secretTargetRef[1].parameter", "password");
    assertThat(documents.get(1)).containsEntry("spec.secretTargetRef[0].parameter", "password");
  }

  /** An average over nothing but the number of nodes: each pod tells the number for the whole. */
  @Test
  void theHpaTakesTheAdviceAsANumberOfNodes() throws IOException {
    List<Map<String, String>> documents = YamlText.documents(Files.readAllLines(HPA));

    assertThat(documents).hasSize(1);
    assertThat(documents.get(0))
        .containsEntry("apiVersion", "autoscaling/v2")
        .containsEntry("kind", "HorizontalPodAutoscaler")
        .containsKeys("spec.scaleTargetRef.name", "spec.minReplicas", "spec.maxReplicas")
        .containsEntry("spec.metrics[0].type", "External")
        .containsEntry("spec.metrics[0].external.metric.name", "durable_scale_recommended_nodes")
        .containsEntry("spec.metrics[0].external.target.type", "AverageValue")
        .containsEntry("spec.metrics[0].external.target.averageValue", "1");
  }

  @Test
  void bothScaleAtTheSameSpeed() throws IOException {
    assertThat(behaviour(KEDA, 2, "spec.advanced.horizontalPodAutoscalerConfig.behavior."))
        .hasSize(8)
        .isEqualTo(behaviour(HPA, 0, "spec.behavior."));
  }

  private static List<String> behaviour(Path file, int document, String prefix) throws IOException {
    return YamlText.documents(Files.readAllLines(file)).get(document).entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .map(entry -> entry.getKey().substring(prefix.length()) + "=" + entry.getValue())
        .toList();
  }

  @Test
  void whatIsSaidToBeAFileIsThatFileWordForWord() throws IOException {
    List<String> shown = new ArrayList<>();
    for (Path document : Documents.all(PROJECT)) {
      List<String> lines = Files.readAllLines(document);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).matches("<!-- file: \\S+ -->")) {
          String name = lines.get(i).replaceAll("<!-- file: (\\S+) -->", "$1");
          shown.add(name);
          assertThat(block(lines, i + 1))
              .as("%s in %s", name, document)
              .isEqualTo(Files.readAllLines(document.resolveSibling(name)));
        }
      }
    }

    try (Stream<Path> files = Files.list(HOWTO)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> n.endsWith(".yaml")))
          .isNotEmpty()
          .hasSameElementsAs(shown);
    }
  }

  @Test
  void allYamlInDocumentsCanBeRead() throws IOException {
    int blocks = 0;
    for (Path document : Documents.all(PROJECT)) {
      List<String> lines = Files.readAllLines(document);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).strip().equals(FENCE + "yaml")) {
          assertThat(YamlText.documents(block(lines, i))).as("%s:%s", document, i + 1).isNotEmpty();
          blocks++;
        }
      }
    }
    assertThat(blocks).isGreaterThan(2);
  }

  /** The lines inside of the fence that opens in a line. */
  private static List<String> block(List<String> lines, int fence) {
    assertThat(lines.get(fence)).startsWith(FENCE);
    List<String> rest = lines.subList(fence + 1, lines.size());
    return rest.subList(0, rest.indexOf(FENCE));
  }
}
