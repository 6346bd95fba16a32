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

  @Test
  void exceptionsThatCauseEachOtherAreNoEndlessSearch() {
    RuntimeException first = new RuntimeException();
    RuntimeException second = new RuntimeException(first);
    first.initCause(second);

    assertThat(SqlFailure.isLostRace(first)).isFalse();
  }
}
