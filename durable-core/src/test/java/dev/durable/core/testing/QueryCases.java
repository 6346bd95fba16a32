package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.InstanceFilter;
import dev.durable.InstancePage;
import dev.durable.InstanceQuery;
import dev.durable.InstanceQuery.Payload;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

abstract class QueryCases extends StoreCases {

  private List<String> listed(InstanceQuery query) {
    return listed(open().list(query));
  }

  private static List<String> listed(InstancePage page) {
    return page.instances().stream().map(OrchestrationStatus::instanceId).toList();
  }

  @Test
  void nothingIsKnownOfAnInstanceThatDoesNotExist() {
    assertThat(open().status("nobody")).isEmpty();
    assertThat(open().history("nobody")).isEmpty();
  }

  @Test
  void anEmptyHubHasOneEmptyPage() {
    assertThat(open().list(InstanceQuery.all())).isEqualTo(new InstancePage(List.of(), null));
  }

  @Test
  void instancesAreListedNewestFirstAndThenById() {
    create("b", at(1));
    create("c", at(2));
    create("d", at(1));
    create("a", at(1));

    assertThat(listed(InstanceQuery.all())).containsExactly("c", "a", "b", "d");
  }

  @Test
  void aListShowsTheSameAsTheStatus() {
    createCompleted(ORDER, at(0));

    assertThat(open().list(InstanceQuery.all()).instances()).containsExactly(status(ORDER));
  }

  @Test
  void aListTellsOnlyThePayloadsThatAreAskedFor() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).customStatus("\"packed\"").completes("\"out\""));

    for (Payload one : Payload.values()) {
      OrchestrationStatus listed = listedWith(Set.of(one));
      assertThat(listed.input()).isEqualTo(one == Payload.INPUT ? "{\"id\":1}" : null);
      assertThat(listed.output()).isEqualTo(one == Payload.OUTPUT ? "\"out\"" : null);
      assertThat(listed.customStatus())
          .isEqualTo(one == Payload.CUSTOM_STATUS ? "\"packed\"" : null);
    }
    assertThat(listedWith(Set.of(Payload.values()))).isEqualTo(status(ORDER));
  }

  private OrchestrationStatus listedWith(Set<Payload> payloads) {
    return open().list(InstanceQuery.all().withPayloads(payloads)).instances().get(0);
  }

  @Test
  void aListWithoutPayloadsTellsAllElse() {
    create(ORDER, at(0));
    write(EpisodeDraft.of(claimOne(at(0)), at(7)).fails(Histories.failure("no stock")));

    OrchestrationStatus whole = status(ORDER);
    assertThat(open().list(InstanceQuery.all().withoutPayloads()).instances())
        .containsExactly(
            new OrchestrationStatus(
                ORDER,
                whole.executionId(),
                "fulfil",
                RuntimeStatus.FAILED,
                at(0),
                at(7),
                at(7),
                null,
                null,
                null,
                Histories.failure("no stock"),
                null,
                null,
                Map.of()));
  }

  @Test
  void pagesWithoutPayloadsFollowEachOtherLikeAllOthers() {
    create("order-1", at(1));
    create("order-2", at(2));
    InstanceQuery query = InstanceQuery.all().withoutPayloads().withPageSize(1);
    InstancePage first = open().list(query);

    assertThat(listed(first)).containsExactly("order-2");
    assertThat(listed(query.after(first.continuationToken()))).containsExactly("order-1");
  }

  @Test
  void aListMayBeOfSomeStatusesOnly() {
    createCompleted("completed", at(1));
    createRunning("running", at(2));
    create("pending", at(3));

    assertThat(listed(InstanceFilter.all().withStatuses(Set.of(RuntimeStatus.RUNNING))))
        .containsExactly("running");
    assertThat(
            listed(
                InstanceFilter.all()
                    .withStatuses(Set.of(RuntimeStatus.PENDING, RuntimeStatus.COMPLETED))))
        .containsExactly("pending", "completed");
    assertThat(listed(InstanceFilter.all().withStatuses(Set.of(RuntimeStatus.FAILED)))).isEmpty();
  }

  @Test
  void aListMayBeOfIdsThatBeginAlikeToTheLetter() {
    create("a_1", at(1));
    create("ab1", at(2));
    create("A_1", at(3));
    create("xa_1", at(4));
    create("a_2:x", at(5));

    assertThat(listed(InstanceFilter.all().withInstanceIdPrefix("a_")))
        .containsExactly("a_2:x", "a_1");
    assertThat(listed(InstanceFilter.all().withInstanceIdPrefix("a_1"))).containsExactly("a_1");
    assertThat(listed(InstanceFilter.all().withInstanceIdPrefix("%"))).isEmpty();
    assertThat(listed(InstanceFilter.all().withInstanceIdPrefix("a%"))).isEmpty();
    assertThat(listed(InstanceFilter.all().withInstanceIdPrefix("\\"))).isEmpty();
    assertThat(listed(InstanceFilter.all().withInstanceIdPrefix("'"))).isEmpty();
    assertThat(listed(InstanceFilter.all().withInstanceIdPrefix("a_1x"))).isEmpty();
  }

  @Test
  void aListMayBeOfAnIntervalThatIncludesItsBeginningAndNotItsEnd() {
    for (int i = 0; i < 5; i++) {
      create("order-" + i, at(i));
    }

    assertThat(listed(InstanceFilter.all().withCreated(at(1), at(3))))
        .containsExactly("order-2", "order-1");
    assertThat(listed(InstanceFilter.all().withCreated(at(3), null)))
        .containsExactly("order-4", "order-3");
    assertThat(listed(InstanceFilter.all().withCreated(null, at(1)))).containsExactly("order-0");
    assertThat(listed(InstanceFilter.all().withCreated(at(3), at(3)))).isEmpty();
  }

  @Test
  void filtersHoldTogether() {
    createRunning("order-1", at(1));
    createRunning("order-2", at(2));
    createCompleted("order-3", at(3));
    createRunning("other-4", at(4));

    assertThat(
            listed(
                InstanceFilter.all()
                    .withStatuses(Set.of(RuntimeStatus.RUNNING))
                    .withInstanceIdPrefix("order-")
                    .withCreated(at(2), at(9))))
        .containsExactly("order-2");
  }

  @Test
  void pagesFollowEachOtherWithoutGapsAndTheLastHasNoToken() {
    for (int i = 0; i < 6; i++) {
      create("order-" + i, at(i / 3));
    }

    List<List<String>> pages = new ArrayList<>();
    InstanceQuery query = InstanceQuery.all().withPageSize(2);
    InstancePage page = open().list(query);
    pages.add(listed(page));
    while (page.continuationToken() != null) {
      page = open().list(query.after(page.continuationToken()));
      pages.add(listed(page));
    }
    assertThat(pages)
        .containsExactly(
            List.of("order-3", "order-4"),
            List.of("order-5", "order-0"),
            List.of("order-1", "order-2"));
  }

  @Test
  void instancesThatAreAddedMeanwhileNeitherShiftNorRepeatOthers() {
    for (int i = 0; i < 4; i++) {
      create("order-" + i, at(i));
    }
    InstanceQuery query = InstanceQuery.all().withPageSize(2);
    InstancePage first = open().list(query);
    create("new-1", at(10));
    create("new-2", at(11));

    assertThat(listed(first)).containsExactly("order-3", "order-2");
    assertThat(listed(query.after(first.continuationToken())))
        .containsExactly("order-1", "order-0");
  }

  @Test
  void pagesKeepToTheFilter() {
    for (int i = 0; i < 4; i++) {
      create("order-" + i, at(i));
      create("other-" + i, at(i));
    }
    InstanceQuery query =
        InstanceQuery.of(InstanceFilter.all().withInstanceIdPrefix("order-")).withPageSize(3);
    InstancePage first = open().list(query);

    assertThat(listed(first)).containsExactly("order-3", "order-2", "order-1");
    InstancePage last = open().list(query.after(first.continuationToken()));
    assertThat(listed(last)).containsExactly("order-0");
    assertThat(last.continuationToken()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "nonsense", "????", "MTIz", "1767225600000:a", "' or 1=1 --", "\u00e4"})
  void aTokenThatNoListHasGivenIsRefused(String token) {
    create(ORDER, at(0));

    assertThatThrownBy(() -> open().list(InstanceQuery.all().after(token)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("token");
  }
}
