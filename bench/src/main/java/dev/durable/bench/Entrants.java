package dev.durable.bench;

/** Who takes part in a scenario. */
enum Entrants {
  /** Our engine, and what it is compared with. */
  ALL,

  /** Our engine: others have nothing of the kind. */
  OURS,

  /** No engine: the database alone. */
  FLOOR
}
