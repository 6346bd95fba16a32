package dev.durable.rest;

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

  static Refusal crossSite(String detail) {
    return new Refusal(
        Problem.of("cross-site-request", 403, "The request comes from another site", detail));
  }

  Problem problem() {
    return problem;
  }
}
