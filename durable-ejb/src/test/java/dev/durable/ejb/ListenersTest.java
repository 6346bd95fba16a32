package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.core.worker.TaskHubListener;
import java.util.ArrayList;
import java.util.List;
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
}
