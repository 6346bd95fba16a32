package dev.durable.testbed.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.testbed.check.Check.Group;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On the schema that the engine makes, without its constraints: they would refuse the seeds. */
final class CheckerTest {

  private static EmbeddedPostgres postgres;

  private Connection connection;

  @BeforeAll
  static void start() throws IOException, SQLException {
    postgres = EmbeddedPostgres.start();
    try (Connection once = postgres.getPostgresDatabase().getConnection();
        Statement statement = once.createStatement()) {
      statement.execute(resource("/META-INF/durable/schema-1-postgresql.sql"));
      for (String sql : namesOf(statement, UNIQUE_INDEXES)) {
        statement.execute(sql);
      }
      for (String sql : namesOf(statement, COLUMNS_WITHOUT_NULLS)) {
        statement.execute(sql);
      }
      statement.execute(resource("correct.sql"));
    }
  }

  private static final String UNIQUE_INDEXES =
      """
      select case when c.conname is null then 'drop index ' || i.indexrelid::regclass
        else 'alter table ' || i.indrelid::regclass || ' drop constraint ' || c.conname end
      from pg_index i join pg_class r on r.oid = i.indrelid
      left join pg_constraint c on c.conindid = i.indexrelid
      where i.indisunique and r.relname like 'durable%'""";

  /** So that the data need not be changed for columns that no check is about. */
  private static final String COLUMNS_WITHOUT_NULLS =
      """
      select 'alter table ' || r.relname || ' alter column ' || c.attname || ' drop not null'
      from pg_attribute c join pg_class r on r.oid = c.attrelid
      where r.relkind = 'r' and r.relname like 'durable%' and c.attnum > 0 and c.attnotnull
        and c.attidentity = '' and not c.attisdropped""";

  private static List<String> namesOf(Statement statement, String query) throws SQLException {
    List<String> all = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    }
    return all;
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void connect() throws SQLException, IOException {
    connection = postgres.getPostgresDatabase().getConnection();
    new Ledgers(connection).create();
    try (Statement statement = connection.createStatement()) {
      statement.execute(resource("ledgers.sql"));
    }
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void correctDataIsFoundCorrect() throws SQLException {
    Report report = run();
    assertThat(report.details()).isEmpty();
    assertThat(report.isGood()).isTrue();
    assertThat(report.checks()).isEqualTo(Check.all().size());
    assertThat(report.summary()).contains("\"broken\":[]").contains("\"instances\":7");
  }

  static Stream<Check> everyCheck() {
    return Check.all().stream();
  }

  @ParameterizedTest
  @MethodSource("everyCheck")
  void aSeededViolationIsFoundByItsCheck(Check check) throws SQLException, IOException {
    String seed = seeds().get(check.id());
    assertThat(seed).as("seed for " + check.id()).isNotNull();
    try (Statement statement = connection.createStatement()) {
      Map<String, String> before = copies(statement);
      statement.execute(seed);
      try {
        assertThat(run().violations())
            .extracting(violation -> violation.check().id())
            .contains(check.id());
      } finally {
        for (String table : before.keySet()) {
          statement.execute("truncate " + table);
          statement.execute(before.get(table));
        }
      }
    }
  }

  /** Of the tables that seeds change, with what brings each back. */
  private static Map<String, String> copies(Statement statement) throws SQLException {
    Map<String, String> back = new LinkedHashMap<>();
    for (String table : namesOf(statement, TABLES)) {
      statement.execute("create temporary table copy_of_" + table + " as table " + table);
      back.put(
          table,
          "insert into " + table + " overriding system value select * from copy_of_" + table);
    }
    return back;
  }

  private static final String TABLES =
      "select relname from pg_class where relkind = 'r' and relname like 'durable%'"
          + " and relname <> 'durable_schema_version'";

  @Test
  void whatIsFoundIsShown() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("insert into ledger_start values ('lost', 'created')");
    }
    Report report = run();
    assertThat(report.isGood()).isFalse();
    assertThat(report.summary()).contains("\"broken\":[\"I29\"]").contains("\"rows\":1");
    assertThat(report.details()).contains("instance_id=lost");
  }

  private Report run() throws SQLException {
    return new Checker(connection, 30_000, 20).run(EnumSet.allOf(Group.class));
  }

  private static Map<String, String> seeds() throws IOException {
    Map<String, String> seeds = new LinkedHashMap<>();
    Pattern head = Pattern.compile("-- (I[0-9]+)\\n");
    for (String block : resource("seeds.sql").split("(?m)^(?=-- I[0-9]+$)")) {
      Matcher matcher = head.matcher(block);
      if (matcher.lookingAt()) {
        seeds.put(matcher.group(1), block.substring(matcher.end()).strip());
      }
    }
    return seeds;
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(CheckerTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
