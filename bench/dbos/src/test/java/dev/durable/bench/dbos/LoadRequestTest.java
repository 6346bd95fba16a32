package dev.durable.bench.dbos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.bench.load.Load;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadRequestTest {

  @Test
  void aLoadIsReadFromPathAndQuery() {
    URI request =
        URI.create(
            "/bench/api/loads/bench-chain?steps=5&instances=4&concurrency=1&senders=2&pauseMillis=100");

    assertThat(LoadRequest.parse(request))
        .isEqualTo(new Load("bench-chain", 5, 4, 1, 2, Duration.ofMillis(100)));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> LoadRequest.parse(URI.create("/bench/api/loads/bench-chain?steps=5")))
        .hasMessage("Not a load: instances is missing");
  }

  @Test
  void anotherRequestIsRefused() {
    assertThatThrownBy(() -> LoadRequest.parse(URI.create("/bench/api/loads/bench-chain")))
        .hasMessageStartingWith("Not a load: ");
  }
}
