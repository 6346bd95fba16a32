package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.EntityPage;
import dev.durable.EntityQuery;
import dev.durable.EntityStatus;
import dev.durable.InstanceFilter;
import dev.durable.InstanceQuery;
import dev.durable.core.history.ParentTask;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read of entities. */
abstract class EntityQueryCases extends EntityWords {

  private List<String> found(EntityQuery query) {
    EntityPage page = open().listEntities(query);
    assertThat(page.continuationToken()).isNull();
    return page.entities().stream().map(status -> status.id().toString()).toList();
  }

  @Test
  void entitiesAreListedInTheOrderOfTheirIds() {
    for (String id : List.of("b@1", "a@2", "B@9", "a@10", "a:x@1", "a@:", "_@1", "ab@1")) {
      createEntity("@" + id, "1", at(0));
    }

    assertThat(found(EntityQuery.all()))
        .containsExactly("B@9", "_@1", "a:x@1", "a@10", "a@2", "a@:", "ab@1", "b@1");
  }

  @Test
  void aListIsAboutANameAndAPrefixOfKeys() {
    for (String id : List.of("a@1", "a@10", "a@2", "a@x_y", "a@xzy", "ab@1", "a:@1", "A@1")) {
      createEntity("@" + id, "1", at(0));
    }

    assertThat(found(EntityQuery.ofName("a")))
        .containsExactly("a@1", "a@10", "a@2", "a@x_y", "a@xzy");
    assertThat(found(EntityQuery.ofName("a").withKeyPrefix("1"))).containsExactly("a@1", "a@10");
    assertThat(found(EntityQuery.ofName("a").withKeyPrefix("x_"))).containsExactly("a@x_y");
    assertThat(found(EntityQuery.ofName("b"))).isEmpty();
    assertThat(found(EntityQuery.ofName("%"))).isEmpty();
    assertThat(found(EntityQuery.ofName("a").withKeyPrefix("\u0000"))).isEmpty();
  }

  @Test
  void aListIsAboutTimesAndStates() {
    createEntity("@c@1", "1", at(1));
    createEntity("@c@2", null, at(2));
    createEntity("@c@3", "3", at(3));

    assertThat(found(EntityQuery.all().withModified(at(2), null))).containsExactly("c@2", "c@3");
    assertThat(found(EntityQuery.all().withModified(null, at(3)))).containsExactly("c@1", "c@2");
    assertThat(found(EntityQuery.all().withModified(at(1), at(2)))).containsExactly("c@1");
    assertThat(found(EntityQuery.all().onlyWithState())).containsExactly("c@1", "c@3");
  }

  @Test
  void pagesFollowEachOther() {
    List<String> created = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      created.add("counter@" + i);
      createEntity("@counter@" + i, "1", at(0));
    }
    List<String> seen = new ArrayList<>();
    EntityQuery query = EntityQuery.ofName("counter").withPageSize(3);
    EntityPage page = open().listEntities(query);
    createEntity("@counter@00", "1", at(1));
    while (true) {
      page.entities().forEach(status -> seen.add(status.id().toString()));
      if (page.continuationToken() == null) {
        break;
      }
      assertThat(page.entities()).hasSize(3);
      page = open().listEntities(query.after(page.continuationToken()));
    }

    assertThat(seen).isEqualTo(created);
    assertThatThrownBy(() -> open().listEntities(query.after("bm9uZQ")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aListTellsWhatAStatusTells() {
    String large = "\"" + "x".repeat(20_000) + "\"";
    ParentTask owner = new ParentTask(createRunning(ORDER, at(0)), 1, 5);
    createEntity(A, "{\"count\":1}", at(1));
    createEntity(B, large, at(2));
    lockEntity(B, owner, at(3));
    send(signal(B, "s1", at(4)), at(4));
    send(signal(B, "s2", at(99)), at(4));
    createEntity("@counter@c", null, at(5));

    List<EntityStatus> listed = open().listEntities(EntityQuery.all()).entities();

    assertThat(listed).containsExactly(entity(A), entity(B), entity("@counter@c"));
    assertThat(listed.get(1).state()).isEqualTo(large);
    assertThat(listed.get(1).waitingOperations()).isEqualTo(2);
    assertThat(listed.get(1).lockedBy()).isEqualTo(ORDER);
    assertThat(open().listEntities(EntityQuery.all().withoutStates()).entities())
        .allSatisfy(status -> assertThat(status.state()).isNull())
        .extracting(EntityStatus::hasState)
        .containsExactly(true, true, false);
  }

  @Test
  void entitiesAreNoInstances() {
    createCompleted(ORDER, at(0));
    createEntity(A, "1", at(1));

    assertThat(open().status(A)).isEmpty();
    assertThat(listed(InstanceFilter.all())).containsExactly(ORDER);
    assertThat(listed(InstanceFilter.all().withInstanceIdPrefix("@"))).isEmpty();
    assertThat(open().list(InstanceQuery.all().withPageSize(1)).continuationToken()).isNull();
    assertThat(open().purge(InstanceFilter.all(), 100)).isOne();
    assertThat(entity(A).state()).isEqualTo("1");
    assertThat(open().listEntities(EntityQuery.all()).entities()).hasSize(1);
  }
}
