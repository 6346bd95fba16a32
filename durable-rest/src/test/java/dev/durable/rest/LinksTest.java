package dev.durable.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinksTest {

  @Test
  void linksBeginWithTheAddressOfTheRequest() {
    assertThat(new Links(URI.create("https://orders.example/x/durable/api/v1")).status("i"))
        .isEqualTo("https://orders.example/x/durable/api/v1/instances/i");
  }

  @Test
  void whatIsAllowedInAnIdStaysAsItIs() {
    assertThat(Statuses.LINKS.status("a.b_c:d@e-1")).endsWith("/instances/a.b_c:d@e-1");
  }

  @Test
  void everythingElseIsEncoded() {
    assertThat(Statuses.LINKS.status("a/b?c#ä")).endsWith("/instances/a%2Fb%3Fc%23%C3%A4");
  }

  @Test
  void aNodeHasAnAddress() {
    assertThat(Statuses.LINKS.node("shop-a.b_1"))
        .isEqualTo("http://localhost:9080/durable/api/v1/nodes/shop-a.b_1");
  }

  @Test
  void theNextPageOfEntitiesIsOneOfTheSameName() {
    assertThat(Statuses.LINKS.entities("a.b:c", Map.of(), "t"))
        .isEqualTo("http://localhost:9080/durable/api/v1/entities/a.b:c?continuationToken=t");
    assertThat(Statuses.LINKS.entities(null, Map.of("top", List.of("5")), "t"))
        .isEqualTo("http://localhost:9080/durable/api/v1/entities?continuationToken=t&top=5");
  }

  @Test
  void theNextPageHasTheSameFilterAndANewToken() {
    Map<String, List<String>> query =
        Map.of(
            "runtimeStatus",
            List.of("Failed,Running"),
            "continuationToken",
            List.of("old"),
            "top",
            List.of("5"));

    assertThat(Statuses.LINKS.instances(query, "new>"))
        .isEqualTo(
            "http://localhost:9080/durable/api/v1/instances?continuationToken=new%3E&runtimeStatus=Failed%2CRunning&top=5");
  }
}
