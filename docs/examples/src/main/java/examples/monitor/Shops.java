package examples.monitor;

import dev.durable.Activity;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public class Shops {

  @Activity("is-open")
  public boolean isOpen(String shop) {
    return !shop.isEmpty();
  }

  @Activity("report")
  public void report(Watch seen) {
    System.out.println(seen.shop() + (seen.open() ? " has opened" : " has closed"));
  }
}
