package dev.durable.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineTransactionsTest {

  private static final String METRICS =
      """
      # HELP durable_store_transactions_total Transactions that the engine has committed
      # TYPE durable_store_transactions_total counter
      durable_store_transactions_total{call="commit",hub="default",mp_scope="application",} 12.0
      durable_store_transactions_total{call="create",hub="default",mp_scope="application",} 3.0
      durable_store_transactions_total{call="create",hub="other",mp_scope="application",} 4.0
      durable_store_failures_total{hub="default",mp_scope="application",} 9.0
      base_gc_total{name="call=\\"commit\\""} 7.0
      """;

  @Test
  void theyAreReadFromTheMetricsByCall() {
    assertThat(EngineTransactions.parse(METRICS).byCall())
        .containsExactlyInAnyOrderEntriesOf(Map.of("commit", 12L, "create", 7L));
  }

  @Test
  void theTotalIsOfAllCalls() {
    assertThat(EngineTransactions.parse(METRICS).total()).isEqualTo(19);
  }

  @Test
  void largeCountsAreReadInTheirShortForm() {
    String metrics = "durable_store_transactions_total{call=\"commit\",hub=\"default\",} 1.25E7\n";

    assertThat(EngineTransactions.parse(metrics).total()).isEqualTo(12_500_000);
  }

  @Test
  void whatHasBeenAddedIsTheDifferenceOfEachCall() {
    EngineTransactions earlier = new EngineTransactions(Map.of("commit", 10L));
    EngineTransactions later = new EngineTransactions(Map.of("commit", 12L, "renew", 1L));

    assertThat(later.since(earlier).byCall())
        .containsExactlyInAnyOrderEntriesOf(Map.of("commit", 2L, "renew", 1L));
  }

  @Test
  void metricsWithoutThemAreRefused() {
    assertThatThrownBy(() -> EngineTransactions.parse("base_gc_total 7.0\n"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
