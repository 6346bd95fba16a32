package dev.durable.rest;

import dev.durable.DurableClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests that change something or look at entities, written as in the documents ({@code POST
 * /instances/order-1/suspend}), without a server: the same classes answer that the resources call.
 */
final class Requests {

  private final LifeCycle lifeCycle;
  private final Orchestrators orchestrators;
  private final Entities entities;
  private final EntityActions entityActions;

  Requests(DurableClient client) {
    this.lifeCycle = new LifeCycle(client);
    this.orchestrators = new Orchestrators(client, new Waiting(client));
    this.entities = new Entities(client);
    this.entityActions = new EntityActions(client);
  }

  Answer send(String request) {
    return send(request, null);
  }

  Answer send(String request, @Nullable String body) {
    String[] methodAndAddress = request.split(" ", 2);
    String[] pathAndQuery = methodAndAddress[1].split("\\?", 2);
    String path = pathAndQuery[0];
    try {
      return answer(
          methodAndAddress[0],
          path.substring(1).split("/"),
          query(pathAndQuery.length < 2 ? "" : pathAndQuery[1]),
          body);
    } catch (RuntimeException e) {
      return Answer.problem(ProblemMapper.known(e).orElseThrow(() -> e), path);
    }
  }

  private Answer answer(String method, String[] path, Query query, @Nullable String body) {
    Links links = Statuses.LINKS;
    if (path[0].equals("entities")) {
      return ofEntities(method + " " + path.length, path, query, body);
    }
    if (method.equals("DELETE")) {
      return path.length == 1 ? lifeCycle.purge(query) : lifeCycle.purge(path[1]);
    }
    if (path[0].equals("orchestrators")) {
      return orchestrators.start(path[1], path.length < 3 ? null : path[2], query, body, links);
    }
    String id = path[1];
    return switch (path[2]) {
      case "raiseEvent" -> lifeCycle.raiseEvent(id, path[3], query, null, "true", links);
      case "suspend" -> lifeCycle.suspend(id, query, links);
      case "resume" -> lifeCycle.resume(id, query, links);
      case "terminate" -> lifeCycle.terminate(id, query, links);
      case "rewind" -> lifeCycle.rewind(id, query, links);
      case "restart" -> lifeCycle.restart(id, query, links);
      default -> throw new IllegalArgumentException(path[2]);
    };
  }

  private Answer ofEntities(
      String methodAndDepth, String[] path, Query query, @Nullable String body) {
    Links links = Statuses.LINKS;
    return switch (methodAndDepth) {
      case "GET 1" -> entities.list(null, query, null, links);
      case "GET 2" -> entities.list(path[1], query, null, links);
      case "GET 3" -> entities.state(path[1], path[2], query);
      case "GET 4" -> entities.status(path[1], path[2]);
      case "POST 2" -> entityActions.cleanUp(query);
      case "POST 3" -> entityActions.signal(path[1], path[2], query, null, body, true);
      case "DELETE 3" -> entityActions.delete(path[1], path[2]);
      default -> throw new IllegalArgumentException(methodAndDepth);
    };
  }

  private static Query query(String text) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : text.split("&")) {
      if (!pair.isEmpty()) {
        String[] nameAndValue = pair.split("=", 2);
        parameters.computeIfAbsent(nameAndValue[0], name -> new ArrayList<>()).add(nameAndValue[1]);
      }
    }
    return new Query(parameters);
  }
}
