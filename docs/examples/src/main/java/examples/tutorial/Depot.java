package examples.tutorial;

import dev.durable.Activity;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public class Depot {

  @Activity("print-label")
  public String printLabel(String address) {
    System.out.println("prints a label for " + address);
    return "label for " + address;
  }

  @Activity("load")
  public String load(String label) {
    System.out.println("loads the parcel with the " + label);
    return "sent";
  }
}
