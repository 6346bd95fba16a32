package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.DurableClient;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.StartOptions;
import dev.durable.VersionMismatchException;
import dev.durable.core.hub.TaskHubClient;
import dev.durable.core.spi.OrchestratorFunction;
import dev.durable.core.spi.Payloads;
import dev.durable.core.store.InMemoryTaskHub;
import dev.durable.core.worker.WakeUps;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.spi.JsonProvider;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Several versions of one orchestrator in an application. */
class OrchestratorVersionsTest {

  static class Orders {
    @Orchestrator("order")
    public String process(OrchestrationContext ctx) {
      return "none";
    }

    @Orchestrator(value = "order", version = "2.0")
    public String process2(OrchestrationContext ctx) {
      return "2.0";
    }

    @Orchestrator(value = "order", version = "10")
    public String process10(OrchestrationContext ctx) {
      return "10";
    }
  }

  static class Twice {
    @Orchestrator(value = "order", version = "02.0")
    public String again(OrchestrationContext ctx) {
      return "";
    }
  }

  static class Unversioned {
    @Orchestrator("order")
    public String again(OrchestrationContext ctx) {
      return "";
    }
  }

  static class Misspelt {
    @Orchestrator(value = "order", version = "2:0")
    public String run(OrchestrationContext ctx) {
      return "";
    }

    @Orchestrator(value = "other", version = " ")
    public String other(OrchestrationContext ctx) {
      return "";
    }
  }

  private final FunctionCatalogue catalogue = new FunctionCatalogue();
  private final BeanManager beans =
      fake(
          BeanManager.class,
          (proxy, method, arguments) ->
              method.getName().equals("isNormalScope")
                  ? true
                  : method.getName().equals("getReference") ? new Orders() : null);

  private static <T> T fake(Class<T> type, InvocationHandler calls) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
  }

  private void add(Class<?> beanClass) {
    AnnotatedType<?> plain =
        fake(
            AnnotatedType.class,
            (proxy, method, arguments) ->
                method.getName().equals("getJavaClass") ? beanClass : Set.of());
    catalogue.addManagedBean(
        new TypedBean(beanClass, Set.of(beanClass)),
        plain,
        new TransactionDemand(beans),
        new Interceptors(beans));
  }

  private DeployedFunctions deployed() {
    return new DeployedFunctions(catalogue.functions(), List.of(), beans, new RequestScope());
  }

  @Test
  void eachVersionIsAFunctionOfItsOwn() throws Throwable {
    add(Orders.class);

    assertThat(catalogue.problems()).isEmpty();
    assertThat(deployed().orchestratorNames()).containsExactly("order");
    List<OrchestratorFunction> versions = deployed().orchestrators("order");
    assertThat(versions)
        .extracting(OrchestratorFunction::version)
        .containsExactlyInAnyOrder(null, "2.0", "10");
    OrchestrationContext context = fake(OrchestrationContext.class, (proxy, m, a) -> null);
    for (OrchestratorFunction version : versions) {
      String expected = version.version() == null ? "none" : version.version();
      assertThat(version.invoke(context, null)).isEqualTo(expected);
    }
    assertThat(deployed().orchestrators("unknown")).isEmpty();
  }

  @Test
  void aVersionThatIsDeclaredTwiceIsToldWithBothPlaces() {
    add(Orders.class);
    add(Twice.class);
    add(Unversioned.class);

    String orders = Orders.class.getName();
    assertThat(catalogue.problems())
        .satisfiesExactly(
            problem ->
                assertThat(problem)
                    .startsWith("The name of orchestrator order is used by ")
                    .contains(orders + ".process and " + Unversioned.class.getName() + ".again")
                    .endsWith(
                        "Expected: one function per name and version; set another in the"
                            + " annotation."),
            problem ->
                assertThat(problem)
                    .startsWith("Version ")
                    .contains("of orchestrator order is used by ")
                    .contains(orders + ".process2 and " + Twice.class.getName() + ".again"));
  }

  @Test
  void aVersionOfAWrongFormIsToldWithClassAndMethod() {
    add(Misspelt.class);

    assertThat(catalogue.problems())
        .containsExactlyInAnyOrder(
            "@Orchestrator method "
                + Misspelt.class.getName()
                + ".run: The version \"2:0\" is not valid; allowed are 1 to 100 characters of A-Z"
                + " a-z 0-9 _ . -.",
            "@Orchestrator method "
                + Misspelt.class.getName()
                + ".other: The version \" \" is not valid; allowed are 1 to 100 characters of A-Z"
                + " a-z 0-9 _ . -.");
    assertThat(catalogue.functions()).isEmpty();
  }

  private @Nullable String versionOf(DurableClient durable, String id) {
    return durable.status(id).orElseThrow().version();
  }

  @Test
  void aReferenceToOneOfThemMeansTheNameAndBeginsWithTheNewestUnlessAnotherIsWanted() {
    add(Orders.class);
    DurableClient durable =
        new TaskHubClient(
            new InMemoryTaskHub().open(),
            deployed(),
            new Payloads(
                new JsonbConverter(
                    JsonbBuilder.create(), new EntityStates(List.of()), JsonProvider.provider()),
                1_000),
            () -> Instant.EPOCH,
            () -> UUID.randomUUID().toString(),
            fake(WakeUps.class, (proxy, method, arguments) -> null),
            (id, atMost) -> Optional.empty());
    StartOptions second = StartOptions.defaults().withVersion("2.0");

    assertThat(versionOf(durable, durable.start(Orders::process))).isEqualTo("10");
    assertThat(versionOf(durable, durable.start(Orders::process2))).isEqualTo("10");
    assertThat(versionOf(durable, durable.start(Orders::process10, second))).isEqualTo("2.0");
    assertThatThrownBy(
            () -> durable.start(Orders::process, StartOptions.defaults().withVersion("3")))
        .isInstanceOf(VersionMismatchException.class)
        .hasMessage(
            "The orchestrator order is wanted in version 3; deployed here: (none), 2.0, 10.");
  }
}
