package dev.durable.it.server;

import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The HTTP API of a server, as one user sees it. */
public final class ManagementApi {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final URI server;
  private final @Nullable String credentials;

  private ManagementApi(URI server, @Nullable String credentials) {
    this.server = server;
    this.credentials = credentials;
  }

  static ManagementApi at(int port) {
    return new ManagementApi(URI.create("http://localhost:" + port), null).as("admin", "admin");
  }

  /** The same server for another user. */
  public ManagementApi as(String user, String password) {
    return new ManagementApi(
        server,
        Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
  }

  /** The same server for somebody who says nothing of himself. */
  public ManagementApi asNobody() {
    return new ManagementApi(server, null);
  }

  /** Whether the server says that it is ready. */
  boolean isReady() throws IOException, InterruptedException {
    try {
      return asNobody().get("/health/ready").status() == 200;
    } catch (ConnectException e) {
      return false;
    }
  }

  /** Asks for a path of the server. */
  public Reply get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  /** The address of a path below the product's API. */
  public String address(String path) {
    return server.resolve("/durable/api/v1" + path).toString();
  }

  /** Asks for a path below the product's API. */
  public Reply api(String path) throws IOException, InterruptedException {
    return get("/durable/api/v1" + path);
  }

  /** Sends JSON to a path below the product's API. */
  public Reply post(String path, String json) throws IOException, InterruptedException {
    return post(path, "application/json", json);
  }

  /** Sends a body of some type to a path below the product's API. */
  public Reply post(String path, String type, String body)
      throws IOException, InterruptedException {
    return send(
        request("/durable/api/v1" + path)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body)));
  }

  /** Does something that needs no body, at a path below the product's API. */
  public Reply post(String path) throws IOException, InterruptedException {
    return send(request("/durable/api/v1" + path).POST(BodyPublishers.noBody()));
  }

  /** Sends JSON with a key, under which it counts once. */
  public Reply postOnce(String path, String key, String json)
      throws IOException, InterruptedException {
    return send(
        request("/durable/api/v1" + path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(json)));
  }

  /** Deletes what is at a path below the product's API. */
  public Reply delete(String path) throws IOException, InterruptedException {
    return send(request("/durable/api/v1" + path).DELETE());
  }

  /** Sends JSON as a browser does for a page of another site. */
  public Reply postForAnotherSite(String path, String json)
      throws IOException, InterruptedException {
    return send(
        request("/durable/api/v1" + path)
            .header("Content-Type", "application/json")
            .header("Sec-Fetch-Site", "cross-site")
            .POST(BodyPublishers.ofString(json)));
  }

  /** Starts an order that lies in a file. */
  public Reply order(String id, Path file) throws IOException, InterruptedException {
    return send(
        request("/durable/api/v1/orchestrators/fulfil-order/" + id)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofFile(file)));
  }

  /** The instance as soon as it is such; fails if that takes too long. */
  public JsonObject awaitInstance(String id, String what, Predicate<JsonObject> wanted) {
    return await(id + " " + what)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(LOOK)
        .until(() -> api("/instances/" + id).json(), wanted);
  }

  /** The instance as soon as it has finished. */
  public JsonObject awaitEnd(String id) {
    return awaitInstance(id, "finished", one -> !one.isNull("completedTime"));
  }

  /** The sum of a metric over its labels that contain a text; 0 if there is none. */
  public long metric(String name, String label) throws IOException, InterruptedException {
    return get("/metrics?scope=application")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains(label))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path)).timeout(Duration.ofSeconds(30));
    return credentials == null ? request : request.header("Authorization", "Basic " + credentials);
  }

  private static Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return Reply.of(HTTP.send(request.build(), BodyHandlers.ofString()));
  }
}
