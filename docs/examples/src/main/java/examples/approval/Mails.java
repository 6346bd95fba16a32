package examples.approval;

import dev.durable.Activity;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public class Mails {

  @Activity("ask")
  public void ask(Question question) {
    System.out.println(question.to() + ": " + question.about() + "? " + question.instanceId());
  }
}
