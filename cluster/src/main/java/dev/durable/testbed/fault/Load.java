package dev.durable.testbed.fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Clients that start errands and send events, from outside of all nodes. Each says again what was
 * not answered, with the same id, until it is answered by some node; so what it has started is
 * known when all has ended.
 */
final class Load implements AutoCloseable {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long PAUSE_MILLIS = 20;

  /** Before the ids that clients give to events, in inboxes and histories. */
  private static final String STORED_AS = "event:";

  private final Cluster cluster;
  private final Mix mix;
  private final int inFlight;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final List<Thread> clients = new ArrayList<>();
  private volatile boolean stopped;

  private Load(Cluster cluster, Mix mix, int inFlight) {
    this.cluster = cluster;
    this.mix = mix;
    this.inFlight = inFlight;
  }

  /** Begins, with that many clients, and keeps about that many errands unfinished. */
  static Load begin(Cluster cluster, Mix mix, int clients, int inFlight) {
    Load load = new Load(cluster, mix, inFlight);
    for (int client = 0; client < clients; client++) {
      Thread thread = new Thread(load::work, "client-" + client);
      thread.setDaemon(true);
      load.clients.add(thread);
      thread.start();
    }
    return load;
  }

  private void work() {
    try {
      while (!stopped) {
        if (!cluster.isResting()
            && cluster.started().get() - cluster.observer().completed() < inFlight) {
          runOne();
        } else {
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | BrokenPromise e) {
      failure.compareAndSet(null, e);
    }
  }

  private void runOne() throws InterruptedException, BrokenPromise {
    Mix.Drawn errand = mix.draw();
    String id = cluster.nextId();
    int status =
        insist(
            "/load/api/errands/" + id,
            request ->
                request
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(errand.json())),
            () -> cluster.ledger().start(id, "info"));
    cluster.ledger().start(id, status == 201 ? "created" : "exists");
    cluster.started().incrementAndGet();
    for (int event = 1; event <= errand.events(); event++) {
      send(id, id + "-e" + event, event);
    }
  }

  private void send(String id, String eventId, int number)
      throws InterruptedException, BrokenPromise {
    int status =
        insist(
            "/load/api/errands/" + id + "/events/" + eventId,
            request -> request.POST(BodyPublishers.noBody()),
            () -> cluster.ledger().event(STORED_AS + eventId, id, "info", id, number));
    if (status == 202) {
      cluster.ledger().event(STORED_AS + eventId, id, "ok", id, number);
    }
  }

  /** How a request is completed. */
  private interface Shape {
    HttpRequest.Builder of(HttpRequest.Builder request);
  }

  /** Asks one node after the other until one gives an answer that is one. */
  private int insist(String path, Shape shape, Runnable unknown)
      throws InterruptedException, BrokenPromise {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      List<URI> addresses = cluster.serving();
      if (!addresses.isEmpty()) {
        URI node = addresses.get(ThreadLocalRandom.current().nextInt(addresses.size()));
        HttpRequest request =
            shape
                .of(HttpRequest.newBuilder(node.resolve(path)).timeout(Duration.ofSeconds(10)))
                .build();
        try {
          int status = HTTP.send(request, BodyHandlers.discarding()).statusCode();
          if (status < 500 && (status != 404 || path.contains("/events/"))) {
            return status;
          }
          unknown.run();
        } catch (IOException e) {
          unknown.run();
        }
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    throw new BrokenPromise("No node has answered " + path + " for " + PATIENCE);
  }

  /** Starts nothing more, and waits until all that was started has completed. */
  void end(Duration atMost) throws Exception {
    stopped = true;
    for (Thread client : clients) {
      client.join();
    }
    if (failure.get() != null) {
      throw new BrokenPromise("A client failed: " + failure.get());
    }
    Wait.until(
        "completion of all errands",
        atMost,
        () -> cluster.taskHub().completed() == cluster.started().get());
  }

  @Override
  public void close() {
    stopped = true;
    clients.forEach(Thread::interrupt);
  }
}
