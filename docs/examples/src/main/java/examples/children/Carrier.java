package examples.children;

import dev.durable.Activity;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public class Carrier {

  @Activity("fetch")
  public String fetch(String parcel) {
    return "truck of " + parcel;
  }

  @Activity("hand-over")
  public String handOver(String truck) {
    return "handed over by " + truck;
  }
}
