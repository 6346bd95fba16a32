package dev.durable.rest;

/** Who may do what. The server's configuration says which users and groups have these roles. */
final class Roles {

  /** May look at everything, payloads included. */
  static final String VIEWER = "durable-viewer";

  /** May also start, send events and terminate. */
  static final String OPERATOR = "durable-operator";

  /** May do everything. */
  static final String ADMIN = "durable-admin";

  private Roles() {}
}
