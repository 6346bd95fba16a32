package dev.durable.core.testing;

import static dev.durable.core.testing.Histories.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.spi.Capabilities;
import dev.durable.core.spi.Versions.Match;
import dev.durable.core.store.NodeLoad;
import dev.durable.core.store.NodeRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How nodes tell each other that they are there. */
abstract class NodeCases extends SeveralNodes {

  static NodeRecord node(String name, Instant heartbeatAt) {
    return new NodeRecord(
        name,
        at(0),
        heartbeatAt,
        heartbeatAt.plus(LEASE),
        false,
        "1.0.0",
        8,
        new Capabilities(
            Map.of("fulfil", Set.of(Capabilities.NO_VERSION, "1.1"), "ship", Set.of("2")),
            Set.of("charge", "pack"),
            Set.of("counter"),
            Match.CURRENT_OR_OLDER),
        new NodeLoad(10, 1, 20, 2, 30, 3));
  }

  private static List<String> nodeNames(List<NodeRecord> nodes) {
    return nodes.stream().map(NodeRecord::name).toList();
  }

  @Test
  void aHubHasNoNodesUntilOneSaysThatItLives() {
    assertThat(open().nodes()).isEmpty();
    assertThat(open().heartbeat(node("node-a", at(0)))).containsExactly(node("node-a", at(0)));
    assertThat(open().nodes()).containsExactly(node("node-a", at(0)));
  }

  @Test
  void nodesAreToldByName() {
    open().heartbeat(node("node-b", at(0)));
    open().heartbeat(node("node-a", at(1)));

    assertThat(open().heartbeat(node("node-c", at(2))))
        .containsExactly(node("node-a", at(1)), node("node-b", at(0)), node("node-c", at(2)));
  }

  @Test
  void aHeartbeatTellsAllThatANodeSaysOfItself() {
    open().heartbeat(node("node-a", at(0)));
    NodeRecord changed =
        new NodeRecord(
            "node-a",
            at(5),
            at(10),
            at(40),
            false,
            "1.1.0",
            0,
            new Capabilities(Map.of(), Set.of(), Set.of(), Match.NONE),
            new NodeLoad(1, 2, 3, 4, 5, 6));

    assertThat(open().heartbeat(changed)).containsExactly(changed);
  }

  @Test
  void whatANodeCanRunMayBeMuch() {
    Map<String, Set<String>> many = new TreeMap<>();
    for (int i = 0; i < 500; i++) {
      many.put("orchestrator-" + "x".repeat(100) + i, Set.of("1", "2.0"));
    }
    NodeRecord large =
        new NodeRecord(
            "node-a",
            at(0),
            at(0),
            at(30),
            false,
            "1",
            0,
            new Capabilities(many, Set.of(), Set.of(), Match.STRICT),
            node("", at(0)).load());

    assertThat(open().heartbeat(large)).containsExactly(large);
    assertThat(open().heartbeat(large)).containsExactly(large);
  }

  @Test
  void aLostNodeIsStillToldUntilItHasLeft() {
    open().heartbeat(node("node-a", at(0)));
    List<NodeRecord> nodes = open().heartbeat(node("node-b", at(100)));

    assertThat(nodeNames(nodes)).containsExactly("node-a", "node-b");
    assertThat(nodes.get(0).isLive(at(29))).isTrue();
    assertThat(nodes.get(0).isLive(at(30))).isFalse();
    open().leave("node-a");
    assertThat(nodeNames(open().nodes())).containsExactly("node-b");
  }

  @Test
  void aNodeThatIsDrainedStaysSoUntilItIsResumed() {
    open().heartbeat(node("node-a", at(0)));
    open().heartbeat(node("node-b", at(0)));
    assertThat(open().drain("node-a", true)).isTrue();

    assertThat(open().heartbeat(node("node-a", at(10))))
        .containsExactly(node("node-a", at(10)).draining(true), node("node-b", at(0)));
    assertThat(open().drain("node-a", true)).isTrue();
    assertThat(open().drain("node-a", false)).isTrue();
    assertThat(open().heartbeat(node("node-a", at(20)).draining(true)))
        .containsExactly(node("node-a", at(20)), node("node-b", at(0)));
  }

  @Test
  void aNewNodeMaySayThatItDrains() {
    assertThat(open().heartbeat(node("node-a", at(0)).draining(true)).get(0).draining()).isTrue();
  }

  @Test
  void whoIsNotThereIsNotDrained() {
    assertThat(open().drain("node-a", true)).isFalse();
    open().heartbeat(node("node-a", at(0)));
    open().leave("node-a");
    assertThat(open().drain("node-a", true)).isFalse();
  }

  @Test
  void whoHasLeftBeginsAnewWithItsNextHeartbeat() {
    open().heartbeat(node("node-a", at(0)));
    open().drain("node-a", true);
    open().leave("node-a");
    open().leave("node-a");

    assertThat(open().heartbeat(node("node-a", at(1)))).containsExactly(node("node-a", at(1)));
  }

  @Test
  void nodesThatTellOfThemselvesAtTheSameMomentAreAllThere() throws Exception {
    atOnce(
        number -> {
          for (int i = 0; i < 10; i++) {
            Instant at = at(i);
            trying(() -> open().heartbeat(node("node-" + number, at)));
          }
          return number;
        });

    assertThat(open().nodes()).hasSize(NODES).allMatch(node -> node.heartbeatAt().equals(at(9)));
  }
}
