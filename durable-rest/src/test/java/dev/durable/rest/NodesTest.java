package dev.durable.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.NodeNotFoundException;
import jakarta.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodesTest {

  private static final String ADDRESS = "http://localhost:9080/durable/api/v1/nodes/";

  private final FakeCluster cluster = new FakeCluster();
  private final Nodes nodes = new Nodes(cluster);

  @Test
  void aNodeSaysWhatItDoesAndWhatItCanRun() {
    Answer answer = nodes.one(FakeCluster.SELF);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"name\":\"shop-a-1\",\"state\":\"Running\",\"self\":true,"
                + "\"startedTime\":\"2026-01-31T09:59:00Z\","
                + "\"lastHeartbeatTime\":\"2026-01-31T09:59:57Z\",\"engineVersion\":\"1.0.0\","
                + "\"orchestrationSlots\":{\"total\":100,\"used\":7},"
                + "\"entitySlots\":{\"total\":90,\"used\":0},"
                + "\"activitySlots\":{\"total\":20,\"used\":20},\"partitions\":[0,3],"
                + "\"orchestrators\":{\"greet\":[\"(none)\"],\"ship\":[\"1\",\"2\"]},"
                + "\"entities\":[\"counter\"],\"activities\":[\"book\",\"charge\"]}");
  }

  @Test
  void allNodesAreListedTheLostOnesIncluded() {
    assertThat(Statuses.array(nodes.list()).getValuesAs(JsonObject.class))
        .extracting(node -> node.getString("name") + " " + node.getString("state"))
        .containsExactly("shop-a-1 Running", "shop-b-2 Lost");
  }

  @Test
  void theNodeThatAnswersIsCalledSelf() {
    assertThat(nodes.one("self")).isEqualTo(nodes.one(FakeCluster.SELF));

    nodes.drain("self", Statuses.LINKS);
    nodes.resume("self", Statuses.LINKS);

    assertThat(cluster.calls).containsExactly("drain shop-a-1", "resume shop-a-1");
  }

  @Test
  void whoDrainsANodeIsToldWhereToLook() {
    Map<String, String> look = Map.of("Location", ADDRESS + "shop-b-2", "Retry-After", "5");

    Answer drained = nodes.drain(FakeCluster.OTHER, Statuses.LINKS);
    Answer resumed = nodes.resume(FakeCluster.OTHER, Statuses.LINKS);
    Answer self = nodes.drain("self", Statuses.LINKS);

    assertThat(drained).isEqualTo(new Answer(202, "application/json", null, look));
    assertThat(resumed).isEqualTo(drained);
    assertThat(self.headers()).containsEntry("Location", ADDRESS + "shop-a-1");
  }

  @Test
  void aNodeThatIsNotThereIsNotFound() {
    assertThatThrownBy(() -> nodes.one("shop-c-3")).isInstanceOf(NodeNotFoundException.class);
    assertThatThrownBy(() -> nodes.drain("shop-c-3", Statuses.LINKS))
        .isInstanceOf(NodeNotFoundException.class);
    assertThatThrownBy(() -> nodes.resume("shop-c-3", Statuses.LINKS))
        .isInstanceOf(NodeNotFoundException.class);
  }

  @Test
  void aNodeThatDoesNotSeeItselfChangesNothing() {
    cluster.nodes.remove(0);

    assertThatThrownBy(() -> nodes.drain("self", Statuses.LINKS))
        .isInstanceOfSatisfying(
            NodeNotFoundException.class, e -> assertThat(e.node()).isEqualTo("self"));
    assertThat(cluster.calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a/b", "a@b", "", "\u00e4"})
  void whatCannotBeTheNameOfANodeIsRefused(String name) {
    assertThatThrownBy(() -> nodes.drain(name, Statuses.LINKS))
        .isInstanceOfSatisfying(
            Refusal.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(400);
              assertThat(e.problem().kind()).isEqualTo("invalid-parameter");
              assertThat(e.problem().extensions().get("parameter")).hasToString("\"node\"");
            });
    assertThat(cluster.calls).isEmpty();
  }

  @Test
  void aNameIsNotLongerThanTheDatabaseHasRoomFor() {
    assertThatThrownBy(() -> nodes.one("x".repeat(100))).isInstanceOf(NodeNotFoundException.class);
    assertThatThrownBy(() -> nodes.one("x".repeat(101))).isInstanceOf(Refusal.class);
  }
}
