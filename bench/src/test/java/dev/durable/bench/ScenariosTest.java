package dev.durable.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScenariosTest {

  @Test
  void allMeansAll() {
    assertThat(Scenarios.parse("all")).isEqualTo(Scenarios.ALL);
  }

  @Test
  void aListKeepsItsOrder() {
    assertThat(Scenarios.parse("idle, chain"))
        .extracting(Scenario::name)
        .containsExactly("idle", "chain");
  }

  @Test
  void partsOfAScenarioCanBeChanged() {
    Scenario chain = Scenarios.parse("chain:size=7:instances=3:concurrency=2").get(0);

    assertThat(chain.size()).isEqualTo(7);
    assertThat(chain.instances()).isEqualTo(3);
    assertThat(chain.concurrency()).isEqualTo(2);
    assertThat(chain.steps()).isEqualTo(21);
    assertThat(chain.orchestrator()).isEqualTo("bench-chain");
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Scenarios.parse("chane"))
        .hasMessage(
            "There is no scenario chane; there are chain, chains, fan-out, events, counter, short-1, short-3, idle, nothing, counters, signals, transfers, floor, floor-32, all");
  }

  @Test
  void aChangeThatIsNotUnderstoodIsRefusedWithTheForm() {
    assertThatThrownBy(() -> Scenarios.parse("chain:length=7"))
        .hasMessageContaining("\"length=7\" is not understood; the form is name[:size=n]");
    assertThatThrownBy(() -> Scenarios.parse("chain:size=many"))
        .hasMessageContaining("\"size=many\" is not understood");
  }

  @Test
  void nothingToDoIsRefused() {
    assertThatThrownBy(() -> Scenarios.parse("chain:size=0"))
        .hasMessage("Scenario chain: size, instances and concurrency must be at least 1");
  }

  @Test
  void anIdleServerHasOneClient() {
    assertThatThrownBy(() -> Scenarios.parse("idle:concurrency=2"))
        .hasMessage("Scenario idle measures an idle server: its concurrency is 1");
  }
}
