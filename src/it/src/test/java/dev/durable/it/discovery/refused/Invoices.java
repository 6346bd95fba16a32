package dev.durable.it.discovery.refused;

import dev.durable.Activity;
import jakarta.enterprise.context.ApplicationScoped;

/** Has an activity of a name that {@link Payments} has too, and one with two inputs. */
@ApplicationScoped
public class Invoices {

  @Activity("charge")
  public void charge(String order) {}

  @Activity("send")
  public void send(String order, String address) {}
}
