package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.DurableEntity;
import dev.durable.EntityContext;
import dev.durable.EntityId;
import dev.durable.InitialState;
import dev.durable.core.entity.EntityInvocation;
import dev.durable.core.entity.EntityResult;
import dev.durable.core.entity.EntityTask;
import dev.durable.core.entity.OperationOutcome;
import dev.durable.core.history.HistoryEvent.EntityOperationRequested;
import dev.durable.core.spi.EntityOperations.Declared;
import dev.durable.core.spi.Payloads;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.CreationException;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntityBeanTest {

  @DurableEntity("counter")
  public static class Counter {
    private int value;
    private String key = "";
    transient @Nullable EntityContext context;

    @InitialState
    void begin() {
      if (context != null) {
        key = context.key();
      }
    }

    public int add(int amount) throws IOException {
      value += amount;
      if (amount < 0) {
        throw new IOException("less");
      }
      return value;
    }

    public Counter itself() {
      return this;
    }

    public void grow() {
      key = "x".repeat(200);
    }

    public ClassLoader loader() {
      return Thread.currentThread().getContextClassLoader();
    }
  }

  private final List<String> released = new ArrayList<>();
  private Supplier<Object> maker = Counter::new;

  private static <T> T fake(Class<T> type, InvocationHandler calls) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
  }

  private final BeanManager beans =
      fake(
          BeanManager.class,
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "createCreationalContext" ->
                    fake(
                        CreationalContext.class,
                        (context, called, none) -> {
                          released.add(called.getName());
                          return null;
                        });
                case "getReference" -> maker.get();
                default -> false;
              });

  private DeclaredEntity declared() {
    EntityClass type = new EntityClass(Counter.class);
    assertThat(type.problems()).isEmpty();
    return new DeclaredEntity(
        "counter",
        new TypedBean(Counter.class, Set.of(Counter.class)),
        type.operations().stream()
            .collect(
                Collectors.toMap(
                    method -> method.getName(),
                    method ->
                        new DeclaredEntity.Operation(method, method.getName().equals("add")))),
        type.initialStates().get(0));
  }

  private final DeclaredEntity declared = declared();
  private final EntityStates states = new EntityStates(List.of(declared));
  private final EntityBean entity =
      new EntityBean(declared, states.of(declared), beans, new RequestScope());

  @Test
  void operationsAreDeclaredWithTheirArgumentsAndWhetherTheyWantATransaction() {
    assertThat(entity.operations())
        .containsOnly(
            Map.entry("add", new Declared(int.class, true)),
            Map.entry("itself", new Declared(null, false)),
            Map.entry("grow", new Declared(null, false)),
            Map.entry("loader", new Declared(null, false)));
  }

  @Test
  void whatTheMethodThrowsArrivesAsItWasThrown() throws Throwable {
    try (var opened = entity.open(null)) {
      assertThatThrownBy(() -> opened.invoke("add", -1))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("less");
    }
  }

  @Test
  void theThreadHasTheClassLoaderOfTheArchiveMeanwhile() throws Throwable {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(null);
    try (var opened = entity.open(null)) {
      assertThat(opened.invoke("loader", null)).isSameAs(Counter.class.getClassLoader());
      assertThat(thread.getContextClassLoader()).isNull();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void anObjectIsDestroyedWhenItIsClosedAndWhenItCannotBeOpened() throws Throwable {
    entity.open(null).close();
    assertThat(released).containsExactly("release");

    assertThatThrownBy(() -> entity.open("{\"value\":\"many\"}"))
        .isInstanceOf(RuntimeException.class);
    assertThat(released).containsExactly("release", "release");
  }

  @Test
  void whatTheConstructorThrowsArrivesAsItWasThrown() {
    maker =
        () -> {
          throw new CreationException(new IOException("no room"));
        };

    assertThatThrownBy(() -> entity.open(null)).isExactlyInstanceOf(IOException.class);
  }

  // ---- by way of the core

  private EntityResult run(@Nullable String state, String... operationsAndInputs) {
    JsonbConverter json =
        new JsonbConverter(JsonbBuilder.create(), states, JsonProvider.provider());
    DeployedFunctions functions =
        new DeployedFunctions(List.of(), List.of(entity), beans, new RequestScope());
    return new EntityInvocation(
            functions,
            new Payloads(json, 1_000),
            new Payloads(json, 100, "durable.entity.max-state-size"),
            () -> "id")
        .run(
            new EntityTask(
                new EntityId("counter", "c1"),
                state,
                Stream.of(operationsAndInputs)
                    .map(
                        text ->
                            new EntityOperationRequested(
                                text.split(" ")[0],
                                text.contains(" ") ? text.split(" ")[1] : null,
                                null,
                                false))
                    .toList(),
                false,
                Instant.EPOCH));
  }

  private static List<String> shown(EntityResult result) {
    return result.outcomes().stream().map(EntityBeanTest::shown).toList();
  }

  private static String shown(OperationOutcome outcome) {
    return outcome.failure() == null
        ? String.valueOf(outcome.result())
        : outcome.failure().type() + ": " + outcome.failure().message();
  }

  @Test
  void oneThatFailsAmongOthersLeavesTheStateAsItWasBeforeIt() {
    EntityResult result = run("{\"key\":\"c1\",\"value\":1}", "add 1", "add -100", "add 5");

    assertThat(shown(result)).containsExactly("2", "java.io.IOException: less", "7");
    assertThat(result.state()).isEqualTo("{\"key\":\"c1\",\"value\":7}");
    assertThat(released).as("objects, one for the failure").hasSize(2);
  }

  @Test
  void anInputOfNullForAPrimitiveIsToldAsThat() {
    assertThat(shown(run(null, "add")))
        .singleElement()
        .asString()
        .startsWith("dev.durable.PayloadException: ")
        .contains("operation add of entity counter@c1");
  }

  @Test
  void theFirstStateMayDependOnTheKey() {
    maker =
        () -> {
          Counter counter = new Counter();
          counter.context = new InjectedEntityContext();
          return counter;
        };

    EntityResult result = run(null, "add 1", "delete", "add 2");

    assertThat(shown(result)).containsExactly("1", "null", "2");
    assertThat(result.state()).isEqualTo("{\"key\":\"c1\",\"value\":2}");
  }

  @Test
  void aStateThatIsTooLargeIsAFailureThatNamesTheSetting() {
    EntityResult result = run(null, "add 3", "grow");

    assertThat(shown(result).get(1))
        .contains("larger than the 100 bytes allowed (durable.entity.max-state-size)");
    assertThat(result.state()).isEqualTo("{\"key\":\"\",\"value\":3}");
  }

  /** As containers make them for interceptors. */
  static final class MadeByContainer extends Counter {
    final Object handler = new Object();
  }

  @Test
  void anEntityThatIsAResultIsWhatItsFieldsHold() {
    maker = MadeByContainer::new;

    EntityResult result = run(null, "add 3", "itself");

    assertThat(shown(result)).containsExactly("3", "{\"key\":\"\",\"value\":3}");
    JsonbConverter json =
        new JsonbConverter(JsonbBuilder.create(), states, JsonProvider.provider());
    assertThat(json.read("{\"key\":\"k\",\"value\":3}", Counter.class))
        .isInstanceOfSatisfying(
            Counter.class,
            counter -> {
              assertThat(counter.value).isEqualTo(3);
              assertThat(counter.key).isEqualTo("k");
            });
  }
}
