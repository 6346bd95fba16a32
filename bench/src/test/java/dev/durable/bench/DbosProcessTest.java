package dev.durable.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DbosProcessTest {

  @Test
  void itGetsTheJavaOptionsThatOurServerGets() {
    assertThat(DbosProcess.command(Map.of("JVM_ARGS", " -Xmx1g  -Xlog:gc"), 1, "jdbc:x", false))
        .containsSequence("-Xmx1g", "-Xlog:gc", "-Dport=1", "-Durl=jdbc:x");
  }

  @Test
  void withoutOptionsItGetsNone() {
    assertThat(DbosProcess.command(Map.of(), 1, "jdbc:x", true).get(1)).isEqualTo("-Dport=1");
  }
}
