package dev.durable.ejb;

import static dev.durable.core.store.InstanceKind.ENTITY;
import static dev.durable.core.store.InstanceKind.ORCHESTRATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.store.InstanceKind;
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
            public void instanceDue(InstanceKind kind) {
              woken.add(kind + " due");
            }

            @Override
            public void instanceDueAt(InstanceKind kind, Instant visibleAt) {
              woken.add(kind + " at " + visibleAt);
            }
          });

  @Test
  void withoutATransactionHintsAreGivenAtOnce() {
    hints.instanceDue(ENTITY);
    hints.instanceDueAt(ORCHESTRATION, LATER);

    assertThat(woken).containsExactly("ENTITY due", "ORCHESTRATION at " + LATER);
  }

  @Test
  void inATransactionTheyWaitForTheCommitAndAreGivenOnce() throws Exception {
    transactions.begin();
    hints.instanceDue(ENTITY);
    hints.instanceDue(ORCHESTRATION);
    hints.instanceDue(ENTITY);
    hints.instanceDueAt(ORCHESTRATION, LATER);
    assertThat(woken).isEmpty();

    transactions.commit();

    assertThat(woken)
        .containsExactly("ORCHESTRATION due", "ENTITY due", "ORCHESTRATION at " + LATER);
  }

  @Test
  void afterARollBackNothingIsWoken() throws Exception {
    transactions.begin();
    hints.instanceDue(ENTITY);

    transactions.rollback();

    assertThat(woken).isEmpty();
  }

  @Test
  void aTransactionThatCanOnlyRollBackGivesNone() throws Exception {
    transactions.begin();
    transactions.setRollbackOnly();

    hints.instanceDue(ENTITY);
    transactions.rollback();

    assertThat(woken).isEmpty();
  }

  @Test
  void theNextTransactionHasHintsOfItsOwn() throws Exception {
    transactions.begin();
    hints.instanceDue(ENTITY);
    transactions.rollback();
    transactions.begin();
    hints.instanceDueAt(ORCHESTRATION, LATER);

    transactions.commit();

    assertThat(woken).containsExactly("ORCHESTRATION at " + LATER);
  }
}
