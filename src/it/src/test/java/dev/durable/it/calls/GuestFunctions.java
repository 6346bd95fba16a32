package dev.durable.it.calls;

import dev.durable.Activity;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** Activities that follow each other, on whatever threads. */
@ApplicationScoped
class GuestFunctions {

  static final int VISITS = 5;

  @Inject Guest guest;

  @Activity
  int meetGuest() {
    return guest.meet();
  }

  @Orchestrator
  List<Integer> meetGuests(OrchestrationContext ctx) {
    List<Integer> met = new ArrayList<>();
    for (int i = 0; i < VISITS; i++) {
      met.add(ctx.call(GuestFunctions::meetGuest).await());
    }
    return met;
  }

  /** Has a request context itself, and uses it. */
  @Orchestrator
  @ActivateRequestContext
  List<Integer> meetGuestsInARequest(OrchestrationContext ctx) {
    guest.meet();
    return meetGuests(ctx);
  }
}
