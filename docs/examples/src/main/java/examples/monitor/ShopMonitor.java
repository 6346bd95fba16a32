package examples.monitor;

import dev.durable.DurableClient;
import dev.durable.DurableTimer;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.StartOptions;
import dev.durable.StartPolicy;
import dev.durable.Task;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

@ApplicationScoped
public class ShopMonitor {

  @Inject private DurableClient durable;

  @Orchestrator("watch-shop")
  public void watch(OrchestrationContext ctx, Watch last) {
    Watch seen = new Watch(last.shop(), ctx.call(Shops::isOpen, last.shop()).await());
    if (seen.open() != last.open()) {
      ctx.call(Shops::report, seen).await();
    }
    DurableTimer pause = ctx.createTimer(Duration.ofMinutes(5));
    Task<Void> stop = ctx.waitForEvent("stop", Void.class);
    if (ctx.anyOf(pause, stop).await() == stop) {
      return;
    }
    throw ctx.continueAsNew(seen);
  }

  /** Starts the monitor of a shop, unless there is one. */
  public String begin(String shop) {
    StartOptions once =
        StartOptions.withId("watch-" + shop).withPolicy(StartPolicy.RETURN_EXISTING);
    return durable.start(ShopMonitor::watch, new Watch(shop, false), once);
  }
}
