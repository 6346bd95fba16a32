package examples.fanout;

import dev.durable.Activity;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
public class Pictures {

  @Activity("shrink")
  public String shrink(String picture) {
    return "small-" + picture;
  }

  @Activity("publish")
  public void publish(String picture) {
    System.out.println(picture);
  }
}
