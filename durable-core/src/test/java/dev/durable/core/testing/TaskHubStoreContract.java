package dev.durable.core.testing;

import dev.durable.core.store.TaskHubStore;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link TaskHubStore} must do. A store's test extends this class and says how to open
 * it; the cases are in words of the contract and know nothing of any store.
 */
public abstract class TaskHubStoreContract {

  /** Opens one more door to the task hub of this test, which was empty when the test began. */
  protected abstract TaskHubStore open();

  /** Opens a door to another task hub of this test, if it can be in the same database; empty. */
  protected abstract TaskHubStore openOther();

  @Nested
  class CreatingAndSending extends CreateAndSendCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class StartingHere extends LocalStartCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class StartingWithTheFirstEpisode extends FirstEpisodeCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class Claiming extends ClaimCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class Committing extends CommitCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class Ending extends EndCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class Activities extends ActivityCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class UnclaimedEpisodes extends UnclaimedCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class UnstoredResults extends ResultCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class LocalActivities extends LocalActivityCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class Leases extends LeaseCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class Queries extends QueryCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class SeveralNodesAtOnce extends ConcurrencyCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class StartPolicies extends StartPolicyCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class EventIds extends EventIdCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class TerminatingNow extends TerminateNowCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class Rewinding extends RewindCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class Purging extends PurgeCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class Suspending extends SuspensionCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class Delivering extends DeliveryCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class CallingChildren extends ChildCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class Cascading extends CascadeCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class Blocking extends BlockCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class Filters extends FilterCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class EntityInboxes extends EntityInboxCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class EntityCommits extends EntityCommitCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class EntityLocks extends EntityLockCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class EntityQueries extends EntityQueryCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class EntityCleanUps extends EntityCleanUpCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class ChoosingInstances extends ClaimChoiceCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class ChoosingActivities extends ActivityChoiceCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class HubLimits extends HubLimitCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class CachedHistories extends HistoryCacheCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class Nodes extends NodeCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class Partitions extends PartitionCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class Backlogs extends BacklogCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class Watching extends WatchCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }
  }

  @Nested
  class SeveralHubs extends SeveralHubsCases {
    @Override
    TaskHubStore open() {
      return TaskHubStoreContract.this.open();
    }

    @Override
    TaskHubStore openOther() {
      return TaskHubStoreContract.this.openOther();
    }
  }
}
