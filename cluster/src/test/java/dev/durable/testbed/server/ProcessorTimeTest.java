package dev.durable.testbed.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {

  @Test
  void childrenThatHaveEndedAreReadBehindTheNameOfTheProgram() {
    String stat =
        "4711 (post (gres) 1) S 1 4711 4711 0 -1 4194560 2313 913 0 0 31 17 250 50 20 0 1 0 99 1 2";

    assertThat(ProcessorTime.ofEndedChildren(stat)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void thisProcessHasUsedSomething() {
    assertThat(ProcessorTime.of(ProcessHandle.current())).isGreaterThan(Duration.ZERO);
  }
}
