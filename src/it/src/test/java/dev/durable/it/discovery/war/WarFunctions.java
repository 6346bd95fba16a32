package dev.durable.it.discovery.war;

import dev.durable.Activity;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.it.discovery.lib.LibFunctions;
import jakarta.enterprise.context.ApplicationScoped;

/** Calls an activity of its own, then one of the library by a reference to its method. */
@ApplicationScoped
public class WarFunctions {

  @Orchestrator("in-war")
  public String visit(OrchestrationContext ctx, String visitor) {
    String seen = ctx.call(WarFunctions::pass, visitor).await();
    return ctx.call(LibFunctions::pass, seen).await();
  }

  @Activity("pass-war")
  public String pass(String visitor) {
    return visitor + ", war";
  }

  @Orchestrator("tell-threads")
  public String tellThreads(OrchestrationContext ctx) {
    return thread() + " and " + ctx.call(WarFunctions::thread).await();
  }

  /** The kind of thread that user code runs on. */
  @Activity("tell-thread")
  public String thread() {
    return Thread.currentThread().getClass().getSimpleName().equals("VirtualThread")
        ? "virtual"
        : "platform";
  }

  /** Loads a class that only the WAR has, as libraries do that know no other class loader. */
  @Activity("load-in-war")
  public String load() throws ClassNotFoundException {
    return Thread.currentThread()
        .getContextClassLoader()
        .loadClass(WarFunctions.class.getName())
        .getSimpleName();
  }
}
