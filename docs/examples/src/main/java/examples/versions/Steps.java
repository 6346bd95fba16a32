package examples.versions;

import dev.durable.Activity;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public class Steps {

  @Activity("check-credit")
  public boolean checkCredit(String customer) {
    return !customer.isEmpty();
  }

  @Activity("pack")
  public String pack(String customer) {
    return "parcel for " + customer;
  }

  @Activity("ship")
  public String ship(String parcel) {
    return "shipped " + parcel;
  }
}
