package dev.durable.it.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.durable.it.archive.Engine;
import dev.durable.it.lifecycle.desk.Desk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two releases of an application run side by side over one task hub: two nodes in one server. */
@RunAsClient
@ExtendWith(ArquillianExtension.class)
class RollingDeploymentIT {

  private static final String OLDER = "deliveries-older";
  private static final String NEWER = "deliveries-newer";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int OF_EACH = 10;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Deployment(name = OLDER, testable = false, order = 1)
  static WebArchive older() {
    return war(OLDER, dev.durable.it.nodes.older.Deliveries.class);
  }

  @Deployment(name = NEWER, testable = false, order = 2)
  static WebArchive newer() {
    return war(NEWER, dev.durable.it.nodes.newer.Deliveries.class);
  }

  private static WebArchive war(String name, Class<?> functions) {
    return Engine.war(name + ".war")
        .addPackage(functions.getPackage())
        .addPackage(Desk.class.getPackage())
        .addAsResource(
            new StringAsset(
                "durable.polling-interval=100ms\ndurable.version-match=strict\n"
                    + "durable.lease-timeout=3s\ndurable.lease-renewal-interval=500ms\n"
                    + "durable.task-hub=rolling\n"),
            "META-INF/microprofile-config.properties");
  }

  private static String ask(String application, String path, String id)
      throws IOException, InterruptedException {
    URI desk =
        URI.create(
            "http://localhost:%s/%s/desk/%s/%s"
                .formatted(System.getProperty("it.http.port"), application, path, id));
    return HTTP.send(HttpRequest.newBuilder(desk).build(), BodyHandlers.ofString()).body();
  }

  /** Whichever node claims an instance first: it is run where its code is, and nothing waits. */
  @Test
  @OperateOnDeployment(OLDER)
  void instancesOfBothReleasesAreRunByTheNodeThatHasTheirCode() throws Exception {
    Map<String, String> expected = new LinkedHashMap<>();
    for (int i = 0; i < OF_EACH; i++) {
      start(OLDER, "delivery", "\"carried, version 1\"", expected);
      start(OLDER, "delivery-by-hand", "\"carried by hand\"", expected);
      start(NEWER, "delivery", "\"flown, version 2\"", expected);
      start(NEWER, "delivery-by-drone", "\"flown\"", expected);
    }

    for (String id : expected.keySet()) {
      String answer =
          await(id)
              .atMost(PATIENCE)
              .pollDelay(Duration.ZERO)
              .pollInterval(Duration.ofMillis(50))
              .until(() -> ask(OLDER, "look/at", id), RollingDeploymentIT::hasComeToRest);
      assertThat(answer).isEqualTo("COMPLETED " + expected.get(id));
    }
  }

  private static boolean hasComeToRest(String answer) {
    return !answer.startsWith("PENDING") && !answer.startsWith("RUNNING");
  }

  private static void start(
      String application, String orchestrator, String result, Map<String, String> expected)
      throws Exception {
    String id = UUID.randomUUID().toString();
    ask(application, "start/" + orchestrator, id);
    expected.put(id, result);
  }
}
