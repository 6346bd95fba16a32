package dev.durable.core.testing;

import dev.durable.DurableEntity;
import dev.durable.EntityContext;
import dev.durable.EntityId;
import dev.durable.core.spi.CurrentEntity;
import java.time.Duration;

/** A sample entity for tests. */
@DurableEntity("counter")
public class Counter {

  private int value;
  private String text = "";

  public static EntityId id(String key) {
    return EntityId.of(Counter.class, key);
  }

  private static EntityContext context() {
    return CurrentEntity.get();
  }

  public void add(int amount) {
    value += amount;
  }

  public int get() {
    return value;
  }

  public int transactionalAdd(int amount) {
    value += amount;
    return value;
  }

  public void append(String more) {
    text += more;
  }

  public String text() {
    return text;
  }

  /** Spoils the state, sends something, and fails. */
  public void spoil(String message) {
    value = -1;
    context().signalEntity(Counter.id("other"), Counter::add, 1000);
    context().startOrchestration("sample", null, "started-in-vain");
    throw new IllegalStateException(message);
  }

  /** As if the JVM came to its end. */
  public void crash() {
    throw new InternalError("pretended");
  }

  public void forward(EntityId to) {
    context().signalEntity(to, Counter::add, value);
    context()
        .signalEntity(to, "add", value, context().currentInstant().plus(Duration.ofSeconds(10)));
  }

  public String start(String instanceId) {
    return context().startOrchestration("sample", value, instanceId);
  }

  public void drop() {
    value = 99;
    context().deleteState();
  }

  public void replies() {
    context().reply(context().callerInstanceId().orElse("nobody") + " called " + context().key());
  }

  public boolean known() {
    return context().hasState();
  }

  protected void hidden() {
    value = 0;
  }
}
