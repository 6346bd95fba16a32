package dev.durable.core.worker;

import static dev.durable.core.testing.Histories.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.core.history.InstanceRef;
import dev.durable.core.store.InMemoryTaskHub;
import dev.durable.core.store.Lease;
import dev.durable.core.store.Lease.InstanceLease;
import dev.durable.core.store.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnreleasedTest {

  private final class NotingStore extends ForwardingStore {

    NotingStore() {
      super(new InMemoryTaskHub().open());
    }

    @Override
    public void release(Collection<? extends Lease> leases, Instant claimableFrom) {
      if (isAway) {
        throw new StoreUnavailableException("pretended", new IllegalStateException());
      }
      leases.forEach(lease -> released.add(lease.instance().id() + " from " + claimableFrom));
    }

    @Override
    public void unclaim(Collection<? extends Lease> leases, Instant claimableFrom) {
      leases.forEach(lease -> unclaimed.add(lease.instance().id() + " from " + claimableFrom));
    }
  }

  private final List<String> unclaimed = new ArrayList<>();
  private final List<String> released = new ArrayList<>();
  private final NotingStore store = new NotingStore();
  private final Unreleased unreleased = new Unreleased();
  private boolean isAway;

  private static Lease lease(String id) {
    return new InstanceLease(new InstanceRef(id, 1), "node-a", 1);
  }

  @Test
  void whatCouldNotBeGivenBackIsGivenBackWhenTheStoreIsThereAgain() {
    unreleased.add(lease("a"), T0.plusSeconds(1), T0.plusSeconds(30), true);
    isAway = true;
    assertThatThrownBy(() -> unreleased.giveBack(store, T0))
        .isInstanceOf(StoreUnavailableException.class);
    isAway = false;
    unreleased.giveBack(store, T0);
    unreleased.giveBack(store, T0);

    assertThat(released).containsExactly("a from " + T0.plusSeconds(1));
  }

  @Test
  void whatWasNotBegunDoesNotCountAsAnAttemptThenEither() {
    unreleased.add(lease("a"), T0.plusSeconds(1), T0.plusSeconds(30), false);
    unreleased.giveBack(store, T0);

    assertThat(released).isEmpty();
    assertThat(unclaimed).containsExactly("a from " + T0.plusSeconds(1));
  }

  @Test
  void aLeaseThatHasEndedMeanwhileIsNotGivenBack() {
    unreleased.add(lease("a"), T0.plusSeconds(1), T0.plusSeconds(30), true);
    unreleased.giveBack(store, T0.plusSeconds(30));

    assertThat(released).isEmpty();
  }
}
