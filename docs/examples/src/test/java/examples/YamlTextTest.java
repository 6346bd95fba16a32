package examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {

  @Test
  void valuesAreFoundByTheirPaths() {
    String text =
        """
        # a comment
        kind: Deployment
        spec:
          replicas: 2
          ports:
            - name: "http: 1"
              port: 9080
            - name: 'admin'
          command:
            - /bin/sh
            - |
              a: 1
                b
          last: end
        ---
        kind: Service""";

    assertThat(YamlText.documents(text.lines().toList()))
        .containsExactly(
            Map.of(
                "kind", "Deployment",
                "spec.replicas", "2",
                "spec.ports[0].name", "http: 1",
                "spec.ports[0].port", "9080",
                "spec.ports[1].name", "admin",
                "spec.command[0]", "/bin/sh",
                "spec.command[1]", "a: 1\n  b",
                "spec.last", "end"),
            Map.of("kind", "Service"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: 1\na: 2",
        "a:\n   b: 1",
        "a: 1\n  b: 2",
        "a:\n- b",
        "a:\n\tb: 1",
        "a: b: c",
        "a: \"b",
        "a: [b",
        "a: |\nb: 1",
        "just words"
      })
  void whatIsWrongFails(String text) {
    assertThatThrownBy(() -> YamlText.documents(text.lines().toList()))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void anEmptyTextIsADocumentWithoutValues() {
    assertThat(YamlText.documents(List.of())).containsExactly(Map.of());
  }
}
