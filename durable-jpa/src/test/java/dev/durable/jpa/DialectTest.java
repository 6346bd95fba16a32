package dev.durable.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DialectTest {

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aDatabaseIsRecognised(Dialect dialect) throws SQLException {
    assertThat(Dialect.of(TestDatabase.of(dialect).dataSource())).isEqualTo(dialect);
  }

  @Test
  void anUnknownDatabaseIsRefusedWithTheNamesOfThoseThatAreKnown() {
    DatabaseMetaData unknown =
        (DatabaseMetaData)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DatabaseMetaData.class},
                (proxy, method, arguments) ->
                    method.getName().equals("getDatabaseProductName") ? "Paradox" : "7.0");

    assertThatThrownBy(() -> Dialect.of(unknown))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The database is Paradox 7.0; supported are Apache Derby and PostgreSQL.");
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void theDatabaseTellsItsTime(Dialect dialect) {
    Instant before = Instant.now();
    Instant told =
        TestDatabase.of(dialect)
            .inTransaction(em -> new DatabaseClockQuery(em, dialect).databaseTime());

    assertThat(Duration.between(before, told).abs()).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void thePostgresqlClockMovesOnWithinATransaction() {
    TestDatabase.of(Dialect.POSTGRESQL)
        .inTransaction(
            em -> {
              DatabaseClockQuery clock = new DatabaseClockQuery(em, Dialect.POSTGRESQL);
              Instant first = clock.databaseTime();
              em.createNativeQuery("SELECT CAST(PG_SLEEP(0.01) AS TEXT)").getResultList();
              assertThat(clock.databaseTime()).isAfter(first);
              return null;
            });
  }
}
