package dev.durable.core.simulation;

import dev.durable.EntityId;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import org.jspecify.annotations.Nullable;

/**
 * What an operation must make of a state.
 *
 * @param state after it
 * @param result what the caller is told; null for nothing
 * @param failure the type of the failure that the caller is told; null for none
 * @param signals whether it signals whoever its input names
 * @param starts whether it starts an orchestration
 */
record OperationModel(
    @Nullable String state,
    @Nullable String result,
    @Nullable String failure,
    boolean signals,
    boolean starts) {

  static final String SCRIPT_FAILURE = ScriptFailure.class.getName();
  static final String UNKNOWN = dev.durable.UnknownFunctionException.class.getName();

  /** Of an operation of such an entity on a node with that code. */
  static OperationModel of(
      EntityId entity, @Nullable String state, EntityOperationRequested request, Deployment node) {
    String operation = request.operation();
    if (operation.equals("delete")) {
      return new OperationModel(null, null, null, false, false);
    } else if (operation.equals("nonsense")) {
      return failed(state, UNKNOWN);
    }
    EntityInput input = EntityInput.ofJson(String.valueOf(request.input()));
    int before = state == null ? 0 : Integer.parseInt(state.substring(1, state.indexOf(';')));
    if (operation.equals("get")) {
      String kept = state == null ? "\"0;\"" : state;
      return new OperationModel(kept, "\"=" + before + "\"", null, false, false);
    }
    boolean relays = operation.equals("relay");
    boolean signals = relays || operation.equals("fail") || operation.equals("broken");
    if (signals && !node.hasEntity(input.target().name())) {
      return failed(state, UNKNOWN);
    }
    boolean mayFail = operation.equals("flaky") || operation.equals("write");
    if ((signals && !relays) || (mayFail && input.fails())) {
      return failed(state, SCRIPT_FAILURE);
    }
    int after = before + input.amount();
    String log = state == null ? "^" : state.substring(state.indexOf(';') + 1).replace("\"", ",");
    String next = "\"" + after + ";" + log + input.token() + "\"";
    String result = operation.equals("reply") ? "r" + input.token() : input.token() + "=" + after;
    return new OperationModel(
        operation.equals("reset") ? null : next,
        "\"" + result + "\"",
        null,
        relays,
        operation.equals("start"));
  }

  /** Of one that leaves everything as it was. */
  static OperationModel failed(@Nullable String state, String type) {
    return new OperationModel(state, null, type, false, false);
  }
}
