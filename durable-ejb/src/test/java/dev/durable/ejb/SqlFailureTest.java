package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFailureTest {

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "40XL1", "55P03"})
  void lostRacesForLocksAreFoundBehindOtherExceptions(String state) {
    Throwable thrown =
        new IllegalStateException(new RuntimeException(new SQLException("lost", state)));

    assertThat(SqlFailure.isLostRace(thrown)).isTrue();
    assertThat(SqlFailure.isDuplicateKey(thrown)).isFalse();
  }

  @Test
  void theReasonMayBeBehindTheExceptionOfABatch() {
    BatchUpdateException batch = new BatchUpdateException();
    batch.setNextException(new SQLException("duplicate", "23505"));

    assertThat(SqlFailure.isDuplicateKey(new RuntimeException(batch))).isTrue();
    assertThat(SqlFailure.isLostRace(batch)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "57P03", "53300"})
  void aDatabaseThatIsNotThereIsNoLostRace(String state) {
    Throwable thrown = new RuntimeException(new SQLException("terminating connection", state));

    assertThat(SqlFailure.isOutage(thrown)).isTrue();
    assertThat(SqlFailure.isLostRace(thrown)).isFalse();
    assertThat(SqlFailure.isOutage(new SQLException("duplicate", "23505"))).isFalse();
  }

  @Test
  void exceptionsThatCauseEachOtherAreNoEndlessSearch() {
    RuntimeException first = new RuntimeException();
    RuntimeException second = new RuntimeException(first);
    first.initCause(second);

    assertThat(SqlFailure.isLostRace(first)).isFalse();
  }
}
