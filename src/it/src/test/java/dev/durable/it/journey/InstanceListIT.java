package dev.durable.it.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.it.server.LibertyServer;
import dev.durable.it.server.ManagementApi;
import dev.durable.it.server.Reply;
import dev.durable.it.server.SharedServer;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServer.class)
final class InstanceListIT {

  private static final String TOKEN = "x-ms-continuation-token";

  private final ManagementApi api;
  private final String prefix = "list-" + UUID.randomUUID() + "-";

  InstanceListIT(LibertyServer server) {
    this.api = server.api();
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepetition() throws Exception {
    List<String> started = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      api.order(prefix + i, Orders.NEEDS_APPROVAL);
      started.add(0, prefix + i);
    }
    List<String> listed = new ArrayList<>();
    int pages = 0;
    String token = "";
    do {
      Reply page =
          api.api(
              "/instances?top=3&instanceIdPrefix="
                  + prefix
                  + (token.isEmpty() ? "" : "&continuationToken=" + token));
      assertThat(page.status()).as(page.body()).isEqualTo(200);
      page.array().getValuesAs(JsonObject.class).stream()
          .map(one -> one.getString("instanceId"))
          .forEach(listed::add);
      token = page.header(TOKEN);
      pages++;
    } while (!token.isEmpty());
    assertThat(listed).isEqualTo(started);
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void theListCanBeNarrowedToAStatus() throws Exception {
    api.order(prefix + "open", Orders.NEEDS_APPROVAL);
    api.order(prefix + "done", Orders.ACCEPTED);
    api.awaitEnd(prefix + "done");
    Reply completed = api.api("/instances?runtimeStatus=Completed&instanceIdPrefix=" + prefix);
    assertThat(completed.array()).hasSize(1);
    assertThat(completed.array().getJsonObject(0).getString("instanceId"))
        .isEqualTo(prefix + "done");
  }
}
