package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.InstanceFilter;
import dev.durable.InstanceQuery;
import dev.durable.RuntimeStatus;
import dev.durable.StartPolicy;
import dev.durable.core.store.InstanceWorkItem;
import dev.durable.core.store.NewInstance;
import dev.durable.core.store.NewInstance.IfExists;
import dev.durable.core.store.TaskHubStore.CreateOutcome;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which instances a filter means: by version, name, parent, tags, and all of it together. */
abstract class FilterCases extends StoreCases {

  private static final InstanceFilter ALL = InstanceFilter.all();

  private void start(String id, String name, @Nullable String version, Map<String, String> tags) {
    NewInstance created =
        new NewInstance(id, "e", name, null, at(0), at(0), null, version, tags, IfExists.REFUSE);
    assertThat(open().create(created, StartPolicy.REJECT)).isEqualTo(new CreateOutcome.Created());
  }

  @Test
  void byName() {
    start("a", "fulfil", null, Map.of());
    start("b", "Fulfil", null, Map.of());

    assertThat(listed(ALL.withName("fulfil"))).containsExactly("a");
    assertThat(listed(ALL.withName("ful%"))).isEmpty();
    assertThat(listed(ALL.withName("\u0000"))).isEmpty();
  }

  @Test
  void byVersionOrByHavingNone() {
    start("a", "fulfil", "1.0", Map.of());
    start("b", "fulfil", "1", Map.of());
    start("c", "fulfil", null, Map.of());

    assertThat(listed(ALL.withVersion("1.0"))).containsExactly("a");
    assertThat(listed(ALL.withVersion(""))).containsExactly("c");
    assertThat(listed(ALL.withVersion(null))).containsExactly("a", "b", "c");
  }

  @Test
  void byTheVersionThatContinueAsNewHasChanged() {
    start(ORDER, "fulfil", "1.0", Map.of());
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).continuesAsNewIn("2.0", "second"));

    assertThat(status(ORDER).version()).isEqualTo("2.0");
    assertThat(claimOne(at(0)).execution().version()).isEqualTo("2.0");
    assertThat(listed(ALL.withVersion("2.0"))).containsExactly(ORDER);
    assertThat(listed(ALL.withVersion("1.0"))).isEmpty();
  }

  @Test
  void byParent() {
    start("parent", "fulfil", null, Map.of());
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).creates(0, "child", null));
    start("parent-2", "fulfil", null, Map.of());

    assertThat(listed(ALL.withParent("parent"))).containsExactly("child");
    assertThat(listed(ALL.withParent("parent-2"))).isEmpty();
    assertThat(listed(ALL.withParent("nobody\u0000"))).isEmpty();
  }

  @Test
  void byAllTheTagsThatAreAskedFor() {
    start("both", "fulfil", null, Map.of("region", "eu", "tier", "gold"));
    start("one", "fulfil", null, Map.of("region", "eu", "tier", "silver"));
    start("other", "fulfil", null, Map.of("tier", "eu"));
    start("none", "fulfil", null, Map.of());

    assertThat(listed(ALL.withTags(Map.of("region", "eu")))).containsExactly("both", "one");
    assertThat(listed(ALL.withTags(Map.of("region", "eu", "tier", "gold"))))
        .containsExactly("both");
    assertThat(listed(ALL.withTags(Map.of("region", "EU")))).isEmpty();
    assertThat(listed(ALL.withTags(Map.of("region", "")))).isEmpty();
  }

  @Test
  void aTagWithBlanksAfterItIsAnotherOne() {
    start("a", "fulfil", null, Map.of("region", "eu"));
    start("b", "fulfil", null, Map.of("region", "eu "));
    claim(at(0)).forEach(item -> write(EpisodeDraft.of(item, at(0)).completes("1")));

    assertThat(listed(ALL.withTags(Map.of("region", "eu")))).containsExactly("a");
    assertThat(open().purge(ALL.withTags(Map.of("region", "eu ")), 100)).isEqualTo(1);
    assertThat(listed(ALL)).containsExactly("a");
  }

  @Test
  void tagsAreToldAsTheyWereGiven() {
    Map<String, String> tags =
        Map.of("empty", "", "strange", "\u00e4 \ud83d\ude80 \" ' \\ %_ {}", "a.b:c-d_1", "x");
    start(ORDER, "fulfil", null, tags);
    write(EpisodeDraft.of(claimOne(at(0)), at(0)).completes("1"));

    assertThat(status(ORDER).tags()).isEqualTo(tags);
    assertThat(open().list(InstanceQuery.all().withoutPayloads()).instances().get(0).tags())
        .isEqualTo(tags);
    tags.forEach(
        (name, value) ->
            assertThat(listed(ALL.withTags(Map.of(name, value)))).containsExactly(ORDER));
  }

  @Test
  void byEverythingTogether() {
    start("order-a", "fulfil", "1.0", Map.of("tier", "gold"));
    start("order-b", "fulfil", "1.0", Map.of("tier", "gold"));
    start("order-c", "fulfil", "2.0", Map.of("tier", "gold"));
    start("other", "fulfil", "1.0", Map.of("tier", "gold"));
    for (InstanceWorkItem item : claim(at(0))) {
      if (!item.lease().instance().id().equals("order-a")) {
        write(EpisodeDraft.of(item, at(0)).completes("1"));
      }
    }
    InstanceFilter filter =
        ALL.withInstanceIdPrefix("order-")
            .withName("fulfil")
            .withVersion("1.0")
            .withTags(Map.of("tier", "gold"))
            .withStatuses(Set.of(RuntimeStatus.COMPLETED, RuntimeStatus.RUNNING))
            .withCreated(at(0), at(1));

    assertThat(listed(filter)).containsExactly("order-b");
    assertThat(open().purge(filter.withVersion("3.0"), 100)).isZero();
    assertThat(open().purge(filter, 100)).isEqualTo(1);
    assertThat(listed(ALL)).containsExactly("order-a", "order-c", "other");
  }

  @Test
  void pagesOfAFilterByTagFollowEachOther() {
    for (int i = 0; i < 5; i++) {
      start("order-" + i, "fulfil", null, Map.of("tier", i % 2 == 0 ? "gold" : "silver"));
    }
    InstanceQuery gold = InstanceQuery.of(ALL.withTags(Map.of("tier", "gold"))).withPageSize(2);
    var first = open().list(gold);

    assertThat(first.instances()).extracting("instanceId").containsExactly("order-0", "order-2");
    assertThat(open().list(gold.after(first.continuationToken())).instances())
        .extracting("instanceId")
        .containsExactly("order-4");
  }
}
