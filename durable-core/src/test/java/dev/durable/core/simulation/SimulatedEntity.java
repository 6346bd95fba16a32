package dev.durable.core.simulation;

import dev.durable.EntityContext;
import dev.durable.core.spi.CurrentEntity;
import dev.durable.core.spi.EntityFunction;
import dev.durable.core.spi.EntityOperations.Declared;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The code of all entities. The state is a balance and the tokens of all that has changed it, so
 * that it shows what was done, and how often, and in which order.
 */
final class SimulatedEntity implements EntityFunction {

  private static final Map<String, Declared> DECLARED = new HashMap<>();

  static {
    for (String operation : Things.OPERATIONS) {
      if (Things.isDeclared(operation)) {
        DECLARED.put(operation, new Declared(String.class, Things.isTransactional(operation)));
      }
    }
  }

  private final Code.Fate fate;
  private final boolean reads;

  /**
   * On a node with that fate.
   *
   * @param reads whether it fits the states that are stored
   */
  SimulatedEntity(Code.Fate fate, boolean reads) {
    this.fate = fate;
    this.reads = reads;
  }

  @Override
  public Map<String, Declared> operations() {
    return DECLARED;
  }

  @Override
  public Opened open(@Nullable String state) {
    Thing thing = new Thing();
    if (state != null) {
      if (!reads) {
        throw new IllegalStateException("other fields");
      }
      int end = state.indexOf(';');
      thing.balance = Integer.parseInt(state.substring(1, end));
      thing.log = state.substring(end + 1, state.length() - 1);
    }
    return thing;
  }

  private final class Thing implements Opened {

    private int balance;
    private String log = "";
    private boolean unwritable;

    @Override
    public Object invoke(String operation, @Nullable Object json) {
      EntityInput input = EntityInput.of(String.valueOf(json));
      EntityContext context = CurrentEntity.get();
      if (operation.equals("get")) {
        return "=" + balance;
      }
      if (operation.equals("poison")) {
        fate.meets(input.label());
      }
      balance += input.amount();
      log += (context.hasState() ? "," : "^") + input.token();
      decide(operation, input, context);
      return input.token() + "=" + balance;
    }

    private void decide(String operation, EntityInput input, EntityContext context) {
      switch (operation) {
        case "fail" -> {
          relay(input, context);
          start(input, context);
          throw new ScriptFailure(input.token());
        }
        case "flaky", "write" -> {
          if (input.fails()) {
            throw new ScriptFailure(input.token());
          }
        }
        case "broken" -> {
          relay(input, context);
          unwritable = true;
        }
        case "reset" -> context.deleteState();
        case "reply" -> context.reply("r" + input.token());
        case "relay" -> relay(input, context);
        case "start" -> start(input, context);
        default -> {}
      }
    }

    private void relay(EntityInput input, EntityContext context) {
      EntityInput next = input.relayed();
      String operation = next.isRelayed() ? "relay" : "add";
      if (input.delay() == 0) {
        context.signalEntity(input.target(), operation, next.text());
      } else {
        context.signalEntity(
            input.target(),
            operation,
            next.text(),
            context.currentInstant().plusMillis(input.delay()));
      }
    }

    private void start(EntityInput input, EntityContext context) {
      String id = input.instanceId();
      context.startOrchestration(Script.NAME, input.program().text(), id.isEmpty() ? null : id);
    }

    @Override
    public String state() {
      if (unwritable) {
        throw new ScriptFailure("unwritable");
      }
      return "\"" + balance + ";" + log + "\"";
    }

    @Override
    public void close() {
      balance = -1_000_000; // whoever goes on with it shows that
    }
  }
}
