package dev.durable.rest;

/** The problems that are not the product's own. */
final class ServerProblems {

  private ServerProblems() {}

  /** What the server refuses before a resource sees it, in our words: its own name classes. */
  static Problem refused(int status) {
    return switch (status) {
      case 401 ->
          Problem.of(
              "unauthenticated",
              status,
              "Credentials are missing",
              "This address needs a user and a password.");
      case 403 ->
          Problem.of(
              "forbidden",
              status,
              "Not allowed",
              "GET and HEAD need the role "
                  + Roles.VIEWER
                  + ", "
                  + Roles.OPERATOR
                  + " or "
                  + Roles.ADMIN
                  + "; POST, PUT and PATCH need "
                  + Roles.OPERATOR
                  + " or "
                  + Roles.ADMIN
                  + "; DELETE needs "
                  + Roles.ADMIN
                  + ", and so do POST entities/cleanup, nodes/{node}/drain and nodes/{node}/resume"
                  + ". Other methods are not allowed to anybody.");
      case 404 ->
          Problem.of(
              "no-such-path",
              status,
              "There is nothing at this address",
              "The API has no such path.");
      case 405 ->
          Problem.of(
              "method-not-allowed",
              status,
              "The method is not allowed here",
              "The path exists, but not with this method; the header Allow has those it has.");
      case 406 ->
          Problem.of(
              "not-acceptable",
              status,
              "The answer is JSON",
              "The header Accept leaves out application/json.");
      case 415 ->
          Problem.of(
              "unsupported-media-type",
              status,
              "The media type is not supported",
              "A body must be sent as application/json.");
      default ->
          status < 500
              ? Problem.of(
                  "refused",
                  status,
                  "The request was refused",
                  "The server could not understand the request.")
              : Problem.of(
                  "internal-error", status, "The server failed", "The log of the server has more.");
    };
  }

  /**
   * An error of the server's own. The caller learns the id under which it was logged, and nothing
   * else.
   */
  static Problem unexpected(String errorId) {
    return Problem.of(
            "internal-error",
            500,
            "The server failed",
            "It is not known whether the request had an effect; look at the instance. The log of the server has more under the"
                + " errorId.")
        .with("errorId", errorId);
  }
}
