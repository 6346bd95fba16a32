package dev.durable.it.calls;

import jakarta.enterprise.context.RequestScoped;

/** Counts who has met it in one request. */
@RequestScoped
class Guest {

  private int met;

  int meet() {
    met++;
    return met;
  }
}
