package dev.durable.rest;

import dev.durable.EntityId;
import dev.durable.UnknownFunctionException;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import java.util.Collection;

/** A request is refused before it reaches the engine. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  private Refusal(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  /** A query parameter, header or part of the path has a value that is not allowed. */
  static Refusal parameter(String name, String value, String allowed) {
    String shown = Shown.cut(value);
    return new Refusal(
        Problem.of(
                "invalid-parameter",
                400,
                "A parameter has a value that is not allowed",
                "The parameter " + name + " is \"" + shown + "\"; allowed: " + allowed + ".")
            .with("parameter", name)
            .with("value", shown)
            .with("allowed", allowed));
  }

  /** A parameter that is not looked at, where leaving one out by mistake would do harm. */
  static Refusal unknownParameter(String name, Collection<String> known) {
    String shown = Shown.cut(name);
    return new Refusal(
        Problem.of(
                "unknown-parameter",
                400,
                "A parameter is not known here",
                "The parameter "
                    + shown
                    + " is not known here; allowed: "
                    + String.join(", ", known)
                    + ". Nothing was changed.")
            .with("parameter", shown));
  }

  /** A parameter that must be there. */
  static Refusal missingParameter(String name, String wanted) {
    return new Refusal(
        Problem.of(
                "missing-parameter",
                400,
                "A parameter is missing",
                "The parameter "
                    + name
                    + " is missing; wanted: "
                    + wanted
                    + ". Nothing was changed.")
            .with("parameter", name));
  }

  /** No entity of the name in the path is deployed here. */
  static Refusal unknownEntity(UnknownFunctionException e) {
    return new Refusal(
        Problem.of("unknown-entity", 404, "There is no entity of that name", e.getMessage())
            .with("knownNames", names(e)));
  }

  /** The entity is deployed here and has no such operation. */
  static Refusal unknownOperation(String operation, UnknownFunctionException e) {
    return new Refusal(
        Problem.of("unknown-operation", 400, "The entity has no such operation", e.getMessage())
            .with("parameter", "op")
            .with("value", Shown.cut(operation))
            .with("knownNames", names(e)));
  }

  private static JsonArray names(UnknownFunctionException e) {
    var names = Json.createArrayBuilder();
    e.knownNames().forEach(names::add);
    return names.build();
  }

  /** There is nothing to look at. */
  static Refusal noSuchEntity(EntityId id) {
    return new Refusal(
        Problem.of(
                "entity-not-found",
                404,
                "There is no such entity",
                "Nothing was ever sent to the entity " + id + ", or it was cleaned up.")
            .with("entityId", EntityDocument.id(id).build()));
  }

  /** There is no state to look at. */
  static Refusal entityWithoutState(EntityId id) {
    return new Refusal(
        Problem.of(
                "entity-without-state",
                404,
                "The entity has no state",
                "The entity "
                    + id
                    + " has no state: its first operation has not run yet, or the state was deleted. Its status says more.")
            .with("entityId", EntityDocument.id(id).build()));
  }

  /** What would mean all instances must say so. */
  static Refusal emptyFilter() {
    return new Refusal(
        Problem.of(
            "empty-filter",
            400,
            "The filter is empty",
            "Without a filter, every finished instance would be purged. Give one, or all=true. Nothing was changed."));
  }

  static Refusal malformedBody(String detail) {
    return new Refusal(Problem.of("malformed-payload", 400, "The body is not valid JSON", detail));
  }

  static Refusal bodyTooLarge(long limit) {
    return new Refusal(
        Problem.of(
            "payload-too-large",
            413,
            "The body is too large",
            "The body is larger than the "
                + limit
                + " bytes allowed (durable.max-payload-size). Nothing was changed."));
  }

  static Refusal mediaType(String found) {
    return new Refusal(
        Problem.of(
            "unsupported-media-type",
            415,
            "The media type is not supported",
            "A body must be sent as application/json in UTF-8; this one came as \""
                + Shown.cut(found)
                + "\". Nothing was changed."));
  }

  static Refusal contentEncoding(String found) {
    return new Refusal(
        Problem.of(
            "unsupported-media-type",
            415,
            "The media type is not supported",
            "A body must be sent as it is; this one came with Content-Encoding \""
                + Shown.cut(found)
                + "\". Nothing was changed."));
  }

  static Refusal forbidden(String detail) {
    return new Refusal(
        Problem.of("forbidden", 403, "Not allowed", detail + " Nothing was changed."));
  }

  static Refusal crossSite(String detail) {
    return new Refusal(
        Problem.of("cross-site-request", 403, "The request comes from another site", detail));
  }

  Problem problem() {
    return problem;
  }
}
