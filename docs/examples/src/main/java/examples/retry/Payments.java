package examples.retry;

import dev.durable.Activity;
import dev.durable.ActivityContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

@ApplicationScoped
public class Payments {

  @Inject ActivityContext activity;
  @Inject PaymentService service;

  @Activity("charge")
  public String charge(Order order) {
    return service.charge(activity.idempotencyKey(), order.account(), order.cents());
  }

  @Activity("send-invoice")
  public String sendInvoice(Order order) {
    return "invoice-" + order.id();
  }
}
