package dev.durable.core.replay;

import dev.durable.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call for each item, in their order, so many at once: the end of one begins the next. */
final class FanOut<I, R extends @Nullable Object> extends OfParts<List<R>> {

  private final List<I> items;
  private final int limit;
  private final Function<? super I, ? extends Task<R>> call;
  private final List<DurableTask<? extends R>> parts;
  private int unfinished;
  private boolean starting;

  FanOut(ReplayRun run, List<I> items, int limit, Function<? super I, ? extends Task<R>> call) {
    this(run, items, limit, call, new ArrayList<>());
  }

  private FanOut(
      ReplayRun run,
      List<I> items,
      int limit,
      Function<? super I, ? extends Task<R>> call,
      List<DurableTask<? extends R>> parts) {
    super(run, "The fan-out over " + items.size() + " items", parts);
    this.parts = parts;
    this.items = List.copyOf(items);
    this.limit = limit;
    this.call = call;
    proceed();
  }

  /** A call may be done at once, which would come back here: it then goes on in the loop. */
  private void proceed() {
    if (starting) {
      return;
    }
    starting = true;
    while (unfinished < limit && parts.size() < items.size()) {
      DurableTask<R> part = start(items.get(parts.size()));
      parts.add(part);
      unfinished++;
      part.whenDone(this::ended);
    }
    starting = false;
    if (unfinished == 0) {
      Combined.conclude(this, parts);
    }
  }

  private void ended() {
    unfinished--;
    proceed();
  }

  /** One that cannot be called is a part that has failed, wherever the code is just waiting. */
  private DurableTask<R> start(I item) {
    try {
      DurableTask<R> part = (DurableTask<R>) call.apply(item);
      part.willWait();
      return part;
    } catch (RuntimeException e) {
      DurableTask<R> refused = another("The call for item " + parts.size());
      refused.fail(e);
      return refused;
    }
  }
}
