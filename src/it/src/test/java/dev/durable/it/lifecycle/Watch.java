package dev.durable.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.DurableClient;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import dev.durable.StartOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Looks at instances until they are as expected. */
@ApplicationScoped
public class Watch {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject DurableClient durable;

  /** The instance as soon as it has that status; it may not be there yet. */
  OrchestrationStatus await(String id, RuntimeStatus wanted) {
    return await(id, status -> status.runtimeStatus() == wanted);
  }

  /** The instance as soon as it waits for its word. */
  OrchestrationStatus awaitWaiting(String id) {
    return await(id, status -> "\"waiting\"".equals(status.customStatus()));
  }

  private OrchestrationStatus await(String id, Predicate<OrchestrationStatus> wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<OrchestrationStatus> status = durable.status(id);
      if (status.filter(wanted).isPresent()) {
        return status.get();
      }
      assertThat(System.nanoTime()).as("in time: %s", status).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  void until(String what, BooleanSupplier isSo) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isSo.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  RuntimeStatus statusOf(String id) {
    return durable.status(id).orElseThrow().runtimeStatus();
  }

  /** Whatever this node could do at once it has done after this: another instance came and went. */
  void letOthersPass() {
    String other = "other-" + UUID.randomUUID();
    durable.start(Errands::work, "nothing", StartOptions.withId(other));
    durable.await(other, String.class, PATIENCE);
  }
}
