package examples.approval;

import dev.durable.DurableClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

@ApplicationScoped
public class AnswerForm {

  @Inject private DurableClient durable;

  public void submit(String instanceId, Decision decision, String formId) {
    durable.raiseEvent(instanceId, "approval", decision, formId); // a second click does nothing
  }
}
