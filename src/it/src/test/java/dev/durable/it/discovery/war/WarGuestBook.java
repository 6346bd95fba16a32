package dev.durable.it.discovery.war;

import dev.durable.DurableEntity;
import dev.durable.EntityContext;
import jakarta.inject.Inject;

/** An entity of this archive, which has something injected. */
@DurableEntity("guests-of-war")
public class WarGuestBook {

  private String seen = "";

  @Inject EntityContext context;

  /** Remembers who was there, and which class loader the thread had. */
  public void visit(String visitor) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    boolean own = loader == WarGuestBook.class.getClassLoader();
    seen += visitor + " at " + context.entityId() + (own ? "" : " with " + loader);
  }

  public String seen() {
    return seen;
  }
}
