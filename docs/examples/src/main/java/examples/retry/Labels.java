package examples.retry;

import dev.durable.Activity;
import dev.durable.FailureDetails;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.TaskFailedException;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public class Labels {

  @Activity(value = "print-label", atMostOnce = true)
  public void printLabel(String address) {
    System.out.println(address); // paper that comes out cannot be taken back
  }

  @Orchestrator("label-parcel")
  public String labelParcel(OrchestrationContext ctx, String address) {
    try {
      ctx.call(Labels::printLabel, address).await();
      return "printed";
    } catch (TaskFailedException e) {
      if (e.failure().isA(FailureDetails.OUTCOME_UNKNOWN)) {
        return ctx.waitForEvent("label-checked", String.class).await(); // somebody looks
      }
      throw e;
    }
  }
}
