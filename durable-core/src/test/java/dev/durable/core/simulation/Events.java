package dev.durable.core.simulation;

import dev.durable.core.history.HistoryEvent.EventRaised;
import dev.durable.core.history.HistoryEvent.ExecutionStarted;
import dev.durable.core.simulation.Life.AcceptedEvent;
import dev.durable.core.store.InMemoryTaskHub.Contents;
import dev.durable.core.store.InboxMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** No event that was accepted is lost, and none is received twice, while its instance lives. */
final class Events {

  private final World world;
  private final Contents now;
  private final WatchedHistory history;
  private final Set<String> inbox = new HashSet<>();
  private @Nullable ScriptInput input;

  Events(World world, Contents now, WatchedHistory history) {
    this.world = world;
    this.now = now;
    this.history = history;
    this.input = history.started();
    for (InboxMessage message : now.inbox()) {
      if (message.message().event() instanceof EventRaised raised) {
        inbox.add(raised.eventId());
      } else if (message.message().event() instanceof ExecutionStarted start
          && message.message().execution() == now.execution().number()) {
        input = ScriptInput.ofJson(String.valueOf(start.input()));
      }
    }
  }

  void check() {
    world.require(input != null, "an instance has a start", now);
    List<String> receivedBefore = input == null ? List.of() : Tokens.events(input.tokens());
    List<String> gone = new ArrayList<>();
    for (AcceptedEvent accepted :
        world.ledger().life(now.status().instanceId()).events().values()) {
      String id = accepted.event().eventId();
      if (!history.events().contains(id) && !inbox.contains(id)) {
        gone.add(accepted.token());
      } else if (Script.EVENTS.contains(accepted.event().name())
          && receivedBefore.contains(accepted.token())
          && !world.ledger().hasRewinds()) {
        throw world.violated("an event is received once: " + accepted + " of " + now, null);
      }
    }
    if (gone.size() != receivedBefore.size() || !gone.containsAll(receivedBefore)) {
      throw world.violated(
          "no event is lost: gone are " + gone + ", received " + receivedBefore + " by " + now,
          null);
    }
  }

  /** What an instance had not taken in when it failed is lost to it. */
  static void lost(Life life, WatchedHistory history) {
    List<String> before =
        history.started() == null ? List.of() : Tokens.events(history.started().tokens());
    life.failed(
        event ->
            history.events().contains(event.event().eventId()) || before.contains(event.token()));
  }
}
