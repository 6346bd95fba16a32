package dev.durable.samples.orders;

import dev.durable.DurableClient;
import dev.durable.HistoryEntry;
import dev.durable.OrchestrationStatus;
import dev.durable.StartOptions;
import dev.durable.samples.orders.Order.OrderLine;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Runs an order at the first start and prints what happens to it. Switched on by {@code
 * orders.demonstration=true}; the order's payment service fails twice, so that a retry can be seen.
 * Kill the server meanwhile and start it again: the order goes on where it was.
 */
@Singleton
@Startup
public class Demonstration {

  private static final String ORDER_ID = "demo-order";
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  @Inject private DurableClient durable;

  @Inject
  @ConfigProperty(name = "orders.demonstration", defaultValue = "false")
  private boolean wanted;

  @Inject
  @ConfigProperty(name = "orders.demonstration.url", defaultValue = "http://localhost:9080")
  private String url;

  @Resource private ManagedExecutorService threads;

  @PostConstruct
  void begin() {
    if (wanted) {
      threads.execute(this::run);
    }
  }

  private void run() {
    Optional<OrchestrationStatus> known = durable.status(ORDER_ID);
    if (known.isEmpty()) {
      Order order =
          new Order(
              "Ada",
              "FAILS-2",
              List.of(new OrderLine("tea", 2), new OrderLine("cup", 4), new OrderLine("kettle", 1)),
              null);
      durable.start(OrderOrchestrations::fulfil, order, StartOptions.withId(ORDER_ID));
      say("A demonstration order was started; its payment service fails twice.");
    } else {
      say("The demonstration order was started before; this is its history so far.");
    }
    follow();
  }

  private void follow() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    int shown = 0;
    while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      boolean finished =
          durable.status(ORDER_ID).map(status -> status.runtimeStatus().isFinished()).orElse(false);
      List<HistoryEntry> history = durable.history(ORDER_ID);
      history.subList(Math.min(shown, history.size()), history.size()).forEach(Demonstration::show);
      shown = history.size();
      if (finished) {
        conclude();
        return;
      }
      LockSupport.parkNanos(LOOK_INTERVAL.toNanos());
    }
    say("The demonstration order is not finished yet; it goes on by itself.");
  }

  private static void show(HistoryEntry entry) {
    String what =
        switch (entry.type()) {
          case "ExecutionStarted" -> "order received";
          case "TaskScheduled" -> entry.name() + " is called";
          case "TaskCompleted" -> entry.name() + " is done";
          case "TaskFailed" -> entry.name() + " failed" + reason(entry);
          case "TimerCreated" -> "waits for the next attempt (" + entry.name() + ")";
          case "TimerFired" -> "tries again";
          case "ExecutionCompleted" -> "order finished: " + entry.payload();
          case "ExecutionFailed" -> "order failed" + reason(entry);
          default -> "";
        };
    if (!what.isEmpty()) {
      say(TIME.format(entry.at()) + "  " + ORDER_ID + "  " + what);
    }
  }

  private static String reason(HistoryEntry entry) {
    return entry.failure() == null ? "" : ": " + entry.failure().message();
  }

  private void conclude() {
    String api = url + "/durable/api/v1";
    say("Its status:     curl -u admin:admin " + api + "/instances/" + ORDER_ID);
    say(
        "The next order: curl -u admin:admin -H 'Content-Type: application/json' -d @samples/orders/accepted.json "
            + api
            + "/orchestrators/fulfil-order/order-1");
    say("API description in the browser: " + url + "/openapi/ui");
  }

  private static void say(String line) {
    PrintStream console = System.out;
    console.println("[durable] " + line);
  }
}
