package dev.durable.it.entities;

import dev.durable.DurableEntity;
import dev.durable.EntityContext;
import dev.durable.EntityId;
import dev.durable.InitialState;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts, and remembers what an entity may remember. Has no interceptors. */
@DurableEntity("counter")
public class Counter {

  /** What is to be signalled to whom. */
  public record Passing(EntityId to, int amount) {}

  private int value;
  private String beganAs = "";
  private @Nullable Instant lastAt;
  private List<Passing> passed = new ArrayList<>();
  private Map<String, EntityId> known = new HashMap<>();

  @Inject transient @Nullable Visit visit;
  @Inject @Nullable EntityContext context;

  private EntityContext context() {
    if (context == null) {
      throw new IllegalStateException("not injected");
    }
    return context;
  }

  @InitialState
  void begin() {
    beganAs = "first of " + context().key();
  }

  /** Refuses 13, after it has changed the state. */
  public int add(int amount) {
    value += amount;
    lastAt = context().currentInstant();
    if (visit == null || visit.number() == 0) {
      throw new IllegalStateException("no request");
    }
    if (amount == 13) {
      throw new IllegalArgumentException("13 is unlucky");
    }
    return value;
  }

  public int get() {
    return value;
  }

  public String beganAs() {
    return beganAs;
  }

  public @Nullable Instant lastAt() {
    return lastAt;
  }

  /** Signals another counter. */
  public void passOn(Passing passing) {
    passed.add(passing);
    known.put(passing.to().key(), passing.to());
    context().signalEntity(passing.to(), Counter::add, passing.amount());
  }

  public Map<String, EntityId> known() {
    return known;
  }

  /** Starts an orchestration that adds to this counter. */
  public String startAdding(String instanceId) {
    return context().startOrchestration("add-and-get", context().entityId(), instanceId);
  }

  /** Makes the state too large. */
  public void grow() {
    beganAs = "x".repeat(3_000);
  }
}
