package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.core.worker.TaskHubListener;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListenersTest {

  @Test
  void aListenerThatThrowsDoesNotKeepTheNewsFromTheNext() {
    List<Lease> told = new ArrayList<>();
    TaskHubListener bad =
        new TaskHubListener() {
          @Override
          public void leaseLost(Lease lease) {
            throw new IllegalStateException("pretended");
          }
        };
    TaskHubListener good =
        new TaskHubListener() {
          @Override
          public void leaseLost(Lease lease) {
            told.add(lease);
          }
        };
    Lease lease = new InstanceLease(new InstanceRef("order-1", 1), "node", 2);
    new Listeners(List.of(bad, good)).leaseLost(lease);
    assertThat(told).containsExactly(lease);
  }

  /** A method that is forgotten here is news that nobody gets. */
  @Test
  void allNewsIsPassedOn() throws ReflectiveOperationException {
    List<String> told = new ArrayList<>();
    TaskHubListener all =
        (TaskHubListener)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {TaskHubListener.class},
                (proxy, method, arguments) -> told.add(method.getName()) ? null : null);
    Listeners listeners = new Listeners(List.of(all));
    List<String> every = new ArrayList<>();
    for (Method method : TaskHubListener.class.getMethods()) {
      every.add(method.getName());
      method.invoke(
          listeners, Stream.of(method.getParameterTypes()).map(ListenersTest::any).toArray());
    }

    assertThat(told).hasSizeGreaterThan(8).containsExactlyElementsOf(every);
  }

  private static @Nullable Object any(Class<?> type) {
    return type == int.class ? (Object) 1 : type == boolean.class ? (Object) true : null;
  }
}
