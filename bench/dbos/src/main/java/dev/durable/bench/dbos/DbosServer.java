package dev.durable.bench.dbos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Queue;
import dev.durable.bench.load.LoadDriver;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * DBOS with its defaults, behind the same paths as the application in our server. Reads system
 * properties: {@code port}, {@code url}, {@code user}, {@code password} of an empty database, and
 * {@code queue}: whether tasks that go on at once are put into a queue.
 */
public final class DbosServer {

  private final LoadDriver driver;

  private DbosServer(LoadDriver driver) {
    this.driver = driver;
  }

  /** Runs until the process is ended. */
  public static void main(String[] args) throws IOException, SQLException {
    DBOS dbos =
        new DBOS(
            DBOSConfig.defaults("durable-bench")
                .withDatabaseUrl(property("url"))
                .withDbUser(property("user"))
                .withDbPassword(property("password")));
    Optional<Queue> queue =
        Boolean.getBoolean("queue") ? Optional.of(new Queue("tasks")) : Optional.empty();
    queue.ifPresent(dbos::registerQueue);
    MeasuredWorkflows workflows =
        new MeasuredWorkflows(dbos, CounterTable.in(application(), dbos), queue);
    Workflows proxy = dbos.registerProxy(Workflows.class, workflows);
    workflows.through(proxy);
    dbos.launch();
    new DbosServer(new LoadDriver(new DbosUnderLoad(dbos, proxy), Executors.defaultThreadFactory()))
        .listen(Integer.parseInt(property("port")));
  }

  /** What the application, which is not DBOS, uses. */
  private static HikariDataSource application() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(property("url"));
    config.setUsername(property("user"));
    config.setPassword(property("password"));
    return new HikariDataSource(config);
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  private void listen(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/bench/api/server", exchange -> answer(exchange, 200, Answers.server().toString()));
    server.createContext(LoadRequest.PATH, this::load);
    server.start();
  }

  private void load(HttpExchange exchange) throws IOException {
    try {
      JsonObject outcome = Answers.outcome(driver.run(LoadRequest.parse(exchange.getRequestURI())));
      answer(exchange, 200, outcome.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer(exchange, 503, "Interrupted");
    } catch (RuntimeException e) {
      e.printStackTrace();
      answer(exchange, 500, e.toString());
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
