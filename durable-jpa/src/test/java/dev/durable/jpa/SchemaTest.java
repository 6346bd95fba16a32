package dev.durable.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaTest {

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void applyingMakesTheTablesAndDoesNothingTheSecondTime(Dialect dialect) throws SQLException {
    DataSource database = TestDatabase.empty(dialect);
    Schema schema = new Schema(database, dialect);
    schema.prepare(Schema.Mode.APPLY);
    schema.prepare(Schema.Mode.APPLY);

    schema.prepare(Schema.Mode.VALIDATE);
    TestDatabase.run(database, "DELETE FROM DURABLE_INSTANCE");
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void nodesThatStartAtTheSameMomentApplyItOnce(Dialect dialect) throws Exception {
    DataSource database = TestDatabase.empty(dialect);
    ExecutorService nodes = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> starts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        starts.add(
            () -> {
              new Schema(database, dialect).prepare(Schema.Mode.APPLY);
              return true;
            });
      }
      for (Future<Boolean> start : nodes.invokeAll(starts)) {
        assertThat(start.get()).isTrue();
      }
    } finally {
      nodes.shutdownNow();
    }

    new Schema(database, dialect).prepare(Schema.Mode.VALIDATE);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void validatingADatabaseWithoutTablesSaysWhatIsMissing(Dialect dialect) {
    Schema schema = new Schema(TestDatabase.empty(dialect), dialect);

    assertThatThrownBy(() -> schema.prepare(Schema.Mode.VALIDATE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("version 0")
        .hasMessageContaining("needs version 1")
        .hasMessageContaining("schema-1-");
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aNewerSchemaIsGoodIfItSaysThatThisReleaseCanUseIt(Dialect dialect) throws SQLException {
    DataSource database = TestDatabase.empty(dialect);
    Schema schema = new Schema(database, dialect);
    schema.prepare(Schema.Mode.APPLY);
    String insert = "INSERT INTO DURABLE_SCHEMA_VERSION (VERSION, USABLE_SINCE) VALUES ";

    TestDatabase.run(database, insert + "(2, 1)");
    schema.prepare(Schema.Mode.VALIDATE);
    schema.prepare(Schema.Mode.APPLY);

    TestDatabase.run(database, insert + "(3, 2)");
    for (Schema.Mode mode : List.of(Schema.Mode.VALIDATE, Schema.Mode.APPLY)) {
      assertThatThrownBy(() -> schema.prepare(mode))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("version 3");
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void withoutAModeNothingIsDoneAndNothingChecked(Dialect dialect) {
    DataSource database = TestDatabase.empty(dialect);

    assertThatCode(() -> new Schema(database, dialect).prepare(Schema.Mode.NONE))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> TestDatabase.run(database, "SELECT * FROM DURABLE_SCHEMA_VERSION"));
  }
}
