package dev.durable.rest;

/** Who may do what. The server's configuration says which users and groups have these roles. */
final class Roles {

  /** May look at everything, payloads included. */
  static final String VIEWER = "durable-viewer";

  /**
   * May also start instances, send them events and entities signals, and do all else to them but
   * delete.
   */
  static final String OPERATOR = "durable-operator";

  /** May do everything, deleting and taking nodes out of work included. */
  static final String ADMIN = "durable-admin";

  private Roles() {}
}
