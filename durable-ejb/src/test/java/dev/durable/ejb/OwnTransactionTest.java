package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OwnTransactionTest {

  private final FakeTransactions transactions = new FakeTransactions();
  private final OwnTransaction own = new OwnTransaction(transactions, call -> {});

  @Test
  void theTimeOutOfATransactionIsNotThatOfOthersOnTheSameThread() throws NotSupportedException {
    own.begin(5);
    own.commit(StoreCall.ACTIVITY);
    transactions.begin();

    assertThat(transactions.timeouts()).containsExactly(5, 0);
  }

  @Test
  void neitherIsThatOfATransactionThatCouldNotBegin() throws NotSupportedException {
    transactions.begin();
    assertThatThrownBy(() -> own.begin(5)).isInstanceOf(RolledBackException.class);
    transactions.rollback();
    transactions.begin();

    assertThat(transactions.timeouts()).containsExactly(0, 0);
  }

  static Stream<Throwable> failuresOfACommit() {
    return Stream.of(
        new RollbackException("refused"),
        new SystemException("the connection broke"),
        new NoClassDefFoundError("pretended"));
  }

  @ParameterizedTest
  @MethodSource("failuresOfACommit")
  void aCommitThatFailsLeavesNoTransactionOnTheThread(Throwable failure) {
    own.begin(0);
    transactions.failCommitWith(failure);

    assertThatThrownBy(() -> own.commit(StoreCall.COMMIT)).hasCause(failure);
    assertThat(transactions.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
  }
}
