package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.worker.WakeUps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AfterCommitTest {

  private static final Instant LATER = Instant.parse("2026-01-01T00:00:00Z");

  private final FakeTransactions transactions = new FakeTransactions();
  private final List<String> woken = new ArrayList<>();
  private final AfterCommit hints =
      new AfterCommit(
          transactions,
          new WakeUps() {
            @Override
            public void instanceDue() {
              woken.add("due");
            }

            @Override
            public void instanceDueAt(Instant visibleAt) {
              woken.add("at " + visibleAt);
            }
          });

  @Test
  void withoutATransactionHintsAreGivenAtOnce() {
    hints.instanceDue();
    hints.instanceDueAt(LATER);

    assertThat(woken).containsExactly("due", "at " + LATER);
  }

  @Test
  void inATransactionTheyWaitForTheCommitAndAreGivenOnce() throws Exception {
    transactions.begin();
    hints.instanceDue();
    hints.instanceDue();
    hints.instanceDueAt(LATER);
    assertThat(woken).isEmpty();

    transactions.commit();

    assertThat(woken).containsExactly("due", "at " + LATER);
  }

  @Test
  void afterARollBackNothingIsWoken() throws Exception {
    transactions.begin();
    hints.instanceDue();

    transactions.rollback();

    assertThat(woken).isEmpty();
  }

  @Test
  void aTransactionThatCanOnlyRollBackGivesNone() throws Exception {
    transactions.begin();
    transactions.setRollbackOnly();

    hints.instanceDue();
    transactions.rollback();

    assertThat(woken).isEmpty();
  }

  @Test
  void theNextTransactionHasHintsOfItsOwn() throws Exception {
    transactions.begin();
    hints.instanceDue();
    transactions.rollback();
    transactions.begin();
    hints.instanceDueAt(LATER);

    transactions.commit();

    assertThat(woken).containsExactly("at " + LATER);
  }
}
