package dev.durable.ejb;

/** What is read from the configuration. */
interface ConfigKey {

  /** The whole key. */
  String key();

  /** Its range, for messages and the documentation. */
  String allowed();
}
