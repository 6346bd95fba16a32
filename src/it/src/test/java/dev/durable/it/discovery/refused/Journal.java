package dev.durable.it.discovery.refused;

import dev.durable.DurableEntity;
import dev.durable.EntityContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Is a session bean, and has the name that {@link Ledger} has. */
@Stateless
@DurableEntity("ledger")
public class Journal {

  @Inject EntityContext context;

  public void write(String line) {}
}
