package dev.durable.it.lifecycle;

import dev.durable.Activity;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.SubOrchestrationOptions;
import dev.durable.TaskFailedException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** Orchestrators that wait, work, talk to each other and have children. */
@ApplicationScoped
public class Errands {

  @Inject Work work;

  @Activity("do")
  public String doing(String what) {
    return work.doing(what);
  }

  @Activity("linger")
  public void linger(String what) {
    work.lingering(what);
  }

  @Orchestrator("linger-twice")
  public void lingerTwice(OrchestrationContext ctx, String what) {
    ctx.allOf(List.of(ctx.call(Errands::linger, what), ctx.call(Errands::linger, what))).await();
  }

  @Orchestrator("work")
  public String work(OrchestrationContext ctx, String what) {
    return ctx.call(Errands::doing, what).await();
  }

  private static String word(OrchestrationContext ctx) {
    ctx.setCustomStatus("waiting");
    return ctx.waitForEvent("word", String.class).await();
  }

  @Orchestrator("wait-for-word")
  public String waitForWord(OrchestrationContext ctx) {
    return word(ctx);
  }

  @Orchestrator("work-after-word")
  public String workAfterWord(OrchestrationContext ctx, String what) {
    return word(ctx) + ": " + ctx.call(Errands::doing, what).await();
  }

  @Orchestrator("wait-for-words")
  public String waitForWords(OrchestrationContext ctx, int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(word(ctx));
    }
    return String.join(", ", words);
  }

  @Orchestrator("tell")
  public String tell(OrchestrationContext ctx, String whom) {
    try {
      ctx.sendEvent(whom, "word", "greetings of " + ctx.instanceId()).await();
      return "told";
    } catch (TaskFailedException nobody) {
      return "nobody there";
    }
  }

  /** As many generations below itself; the last one waits for a word. */
  @Orchestrator("family")
  public String family(OrchestrationContext ctx, int generations) {
    return generations == 0
        ? word(ctx)
        : ctx.callSubOrchestrator(
                Errands::family,
                generations - 1,
                SubOrchestrationOptions.withId(ctx.instanceId() + ".child"))
            .await();
  }

  /** Works, has a child work, works again. */
  @Orchestrator("parent")
  public List<String> parent(OrchestrationContext ctx, String what) {
    String before = ctx.call(Errands::doing, what + "-before").await();
    String child =
        ctx.callSubOrchestrator(
                Errands::child, what, SubOrchestrationOptions.withId(ctx.instanceId() + ".child"))
            .await();
    return List.of(before, child, ctx.call(Errands::doing, what + "-after").await());
  }

  @Orchestrator("child")
  public String child(OrchestrationContext ctx, String what) {
    String steady = ctx.call(Errands::doing, what + "-steady").await();
    return steady + ", " + ctx.call(Errands::doing, what + "-fragile").await();
  }

  @Orchestrator("patched")
  public String patched(OrchestrationContext ctx) {
    String first = ctx.patched("polite") ? "please" : "now";
    String word = word(ctx);
    return first + " " + word + (ctx.patched("polite") ? ", please" : "");
  }

  @Orchestrator(value = "greet", version = "1")
  public String greet(OrchestrationContext ctx) {
    return "Hello " + word(ctx) + " of " + ctx.version();
  }

  @Orchestrator(value = "greet", version = "2.1")
  public String greetFriendlier(OrchestrationContext ctx) {
    return "Dear " + word(ctx) + " of " + ctx.version();
  }
}
