package dev.durable.it.discovery.refused;

import dev.durable.DurableEntity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Has a scope, a field that is lost, and an operation with two arguments. */
@ApplicationScoped
@DurableEntity("ledger")
public class Ledger {

  private final List<String> lines = new ArrayList<>();

  public void write(String line, int page) {
    lines.add(page + " " + line);
  }
}
