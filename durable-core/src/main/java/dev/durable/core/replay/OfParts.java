package dev.durable.core.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task that is done by its parts: who waits for it waits for them. */
class OfParts<T extends @Nullable Object> extends DurableTask<T> {

  private final List<? extends DurableTask<?>> parts;

  /** Parts may be added to the list later. */
  OfParts(ReplayRun run, String description, List<? extends DurableTask<?>> parts) {
    super(run, description);
    this.parts = parts;
  }

  @Override
  final void willWait() {
    parts.forEach(DurableTask::willWait);
  }

  @Override
  final void gaveUp() {
    parts.forEach(DurableTask::gaveUp);
  }
}
