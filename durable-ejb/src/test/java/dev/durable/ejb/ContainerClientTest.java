package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.DurableClient;
import jakarta.transaction.Status;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContainerClientTest {

  private final FakeTransactions transactions = new FakeTransactions();
  private final List<String> called = new ArrayList<>();
  private final List<String> outsideTransaction = new ArrayList<>();
  private final ContainerClient client = client();

  private ContainerClient client() {
    ContainerClient made =
        new ContainerClient(startup(), FakeInterceptors.notSupported(transactions));
    made.transactions = transactions;
    return made;
  }

  private TaskHubStartup startup() {
    DurableClient behind =
        (DurableClient)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DurableClient.class},
                (proxy, method, arguments) -> {
                  called.add(shape(method));
                  if (transactions.getStatus() == Status.STATUS_NO_TRANSACTION) {
                    outsideTransaction.add(method.getName());
                  }
                  return method.getReturnType() == long.class ? 1L : null;
                });
    return new TaskHubStartup() {
      @Override
      public DurableClient client() {
        return behind;
      }
    };
  }

  private static String shape(Method method) {
    return method.getName() + List.of(method.getParameterTypes());
  }

  private static List<Method> methods() {
    return Stream.of(DurableClient.class.getMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .toList();
  }

  private void callAll() throws ReflectiveOperationException {
    for (Method method : methods()) {
      method.invoke(client, (@Nullable Object[]) new Object[method.getParameterCount()]);
    }
  }

  @Test
  void everyMethodIsThatOfTheEnginesClient() throws ReflectiveOperationException {
    callAll();

    assertThat(called)
        .containsExactlyElementsOf(methods().stream().map(ContainerClientTest::shape).toList());
  }

  @Test
  void onlyWaitingSetsTheCallersTransactionAside() throws Exception {
    transactions.begin();

    callAll();

    assertThat(outsideTransaction).containsExactlyInAnyOrder("await", "awaitFinished");
    assertThat(transactions.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
  }

  @Test
  void withoutATransactionNothingIsSetAside() throws Exception {
    callAll();

    assertThat(outsideTransaction).contains("await", "awaitFinished");
    assertThat(transactions.suspensions()).isZero();
  }
}
