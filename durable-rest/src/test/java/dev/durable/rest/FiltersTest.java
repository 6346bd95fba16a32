package dev.durable.rest;

import static dev.durable.rest.Statuses.query;
import static dev.durable.rest.Statuses.repeated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.InstanceFilter;
import dev.durable.RuntimeStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {

  @Test
  void everyPartIsPassedOn() {
    InstanceFilter filter =
        Filters.of(
            new Query(
                Map.of(
                    "runtimeStatus", List.of("suspended,Blocked"),
                    "name", List.of("Orders.fulfil"),
                    "version", List.of("2.1"),
                    "parentInstanceId", List.of("order-17@eu"),
                    "tag", List.of("customer=ada", "region=eu"))));

    assertThat(filter)
        .isEqualTo(
            InstanceFilter.all()
                .withStatuses(Set.of(RuntimeStatus.SUSPENDED, RuntimeStatus.BLOCKED))
                .withName("Orders.fulfil")
                .withVersion("2.1")
                .withParent("order-17@eu")
                .withTags(Map.of("customer", "ada", "region", "eu")));
  }

  @Test
  void instancesWithoutAVersionCanBeAskedFor() {
    assertThat(Filters.of(query("version", "(none)")).version()).isEmpty();
    assertThat(Filters.of(query("version", "")).version()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "runtimeStatus, Sleeping",
    "runtimeStatus, 'Failed,'",
    "name, a b",
    "name, a\u0000b",
    "version, 1:0",
    "version, (old)",
    "parentInstanceId, a/b",
    "createdTimeFrom, yesterday",
    "tag, customer",
    "tag, =ada",
    "tag, a b=ada",
    "tag, a=b\u0007c"
  })
  void whatNoInstanceCanHaveIsRefused(String parameter, String value) {
    assertRefused(query(parameter, value), parameter);
  }

  @Test
  void whatIsTooLongIsRefused() {
    assertRefused(query("name", "x".repeat(201)), "name");
    assertRefused(query("version", "1".repeat(101)), "version");
    assertRefused(query("parentInstanceId", "x".repeat(201)), "parentInstanceId");
    assertRefused(query("tag", "x".repeat(101) + "=y"), "tag");
    assertRefused(query("tag", "x=" + "y".repeat(201)), "tag");
  }

  @Test
  void thereAreAtMostTwentyTagsEachGivenOnce() {
    String[] twenty = IntStream.range(0, 20).mapToObj(i -> "t" + i + "=x").toArray(String[]::new);
    String[] more = IntStream.range(0, 21).mapToObj(i -> "t" + i + "=x").toArray(String[]::new);

    assertThat(Filters.of(repeated("tag", twenty)).tags()).hasSize(20);
    assertRefused(repeated("tag", more), "tag");
    assertRefused(repeated("tag", "a=1", "a=1"), "tag");
  }

  private static void assertRefused(Query query, String parameter) {
    assertThatThrownBy(() -> Filters.of(query))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.problem().detail()).contains(parameter));
    assertThatThrownBy(() -> Filters.toPurge(query)).isInstanceOf(Refusal.class);
  }

  // ---- purge

  @ParameterizedTest
  @ValueSource(strings = {"runtimeStaus", "top", "taskHub", "showInput"})
  void aPurgeTakesNoParameterThatItDoesNotKnow(String parameter) {
    assertThatThrownBy(
            () -> Filters.toPurge(query("runtimeStatus", "Failed", parameter, "anything")))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.problem().kind()).isEqualTo("unknown-parameter");
              assertThat(refusal.problem().detail()).contains(parameter, "runtimeStatus");
            });
  }

  @Test
  void aPurgeTakesNoEmptyParameter() {
    assertThatThrownBy(
            () -> Filters.toPurge(query("runtimeStatus", "Failed", "instanceIdPrefix", "")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("instanceIdPrefix");
  }

  @Test
  void aPurgeTakesEachParameterOnceButTagsAsOftenAsNeeded() {
    assertThatThrownBy(() -> Filters.toPurge(repeated("name", "a", "b")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("one value");
    assertThat(Filters.toPurge(repeated("tag", "a=1", "b=2")).tags()).hasSize(2);
  }

  @Test
  void aPurgeOfAllHasNoFilter() {
    assertThatThrownBy(() -> Filters.toPurge(query("all", "true", "name", "a")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("not both");
    assertThat(Filters.toPurge(query("all", "false", "name", "a")).name()).isEqualTo("a");
  }
}
