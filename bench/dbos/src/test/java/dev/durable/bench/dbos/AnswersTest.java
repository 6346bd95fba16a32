package dev.durable.bench.dbos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.bench.load.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {

  @Test
  void anOutcomeIsAnsweredAsOurServerDoes() {
    assertThat(Answers.outcome(new Outcome(7_000, List.of(3_000L, 4_000L))))
        .hasToString("{\"elapsed\":7000,\"latencies\":[3000,4000]}");
  }
}
