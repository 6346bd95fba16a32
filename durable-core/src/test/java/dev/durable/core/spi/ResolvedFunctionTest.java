package dev.durable.core.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.Activity;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.function.ActivityCall;
import dev.durable.function.ActivityCallWithoutInput;
import dev.durable.function.ActivityCallWithoutInputAndResult;
import dev.durable.function.ActivityCallWithoutResult;
import dev.durable.function.FunctionReference;
import dev.durable.function.OrchestratorCall;
import dev.durable.function.OrchestratorCallWithoutInput;
import dev.durable.function.OrchestratorCallWithoutInputAndResult;
import dev.durable.function.OrchestratorCallWithoutResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolvedFunctionTest {

  static class Stock {
    @Activity("reserve")
    public List<String> reserve(String line) {
      return List.of(line);
    }

    @Activity
    public void audit(String line) {}

    @Activity("count")
    int count() {
      return 0;
    }

    @Activity("clean")
    public void clean() {}

    public String unmarked(String line) {
      return line;
    }

    @Activity("static")
    public static String fixed(Stock stock, String line) {
      return line;
    }
  }

  static class SpecialStock extends Stock {}

  static class Overriding extends Stock {
    @Override
    @Activity("reserve-special")
    public List<String> reserve(String line) {
      return List.of();
    }
  }

  static class Orders {
    @Orchestrator("fulfil")
    public String fulfil(OrchestrationContext ctx, Integer order) {
      return "";
    }

    @Orchestrator
    public void archive(OrchestrationContext ctx, Integer order) {}

    @Orchestrator("nightly")
    public String nightly(OrchestrationContext ctx) {
      return "";
    }

    @Orchestrator("sweep")
    public void sweep(OrchestrationContext ctx) {}
  }

  interface Gateway {
    @Activity("pay")
    String pay(String card);
  }

  @Test
  void activitiesOfAllFourShapesAreResolved() {
    ActivityCall<Stock, String, List<String>> reserve = Stock::reserve;
    ActivityCallWithoutResult<Stock, String> audit = Stock::audit;
    ActivityCallWithoutInput<Stock, Integer> count = Stock::count;
    ActivityCallWithoutInputAndResult<Stock> clean = Stock::clean;

    assertThat(ResolvedFunction.activity(reserve).name()).isEqualTo("reserve");
    assertThat(ResolvedFunction.activity(reserve).resultType())
        .hasToString("java.util.List<java.lang.String>");
    assertThat(ResolvedFunction.activity(audit))
        .isEqualTo(new ResolvedFunction("Stock.audit", void.class, false));
    assertThat(ResolvedFunction.activity(count))
        .isEqualTo(new ResolvedFunction("count", int.class, false));
    assertThat(ResolvedFunction.activity(clean))
        .isEqualTo(new ResolvedFunction("clean", void.class, false));
  }

  @Test
  void orchestratorsOfAllFourShapesAreResolved() {
    OrchestratorCall<Orders, Integer, String> fulfil = Orders::fulfil;
    OrchestratorCallWithoutResult<Orders, Integer> archive = Orders::archive;
    OrchestratorCallWithoutInput<Orders, String> nightly = Orders::nightly;
    OrchestratorCallWithoutInputAndResult<Orders> sweep = Orders::sweep;

    assertThat(ResolvedFunction.orchestrator(fulfil))
        .isEqualTo(new ResolvedFunction("fulfil", String.class, true));
    assertThat(ResolvedFunction.orchestrator(archive))
        .isEqualTo(new ResolvedFunction("Orders.archive", void.class, true));
    assertThat(ResolvedFunction.orchestrator(nightly))
        .isEqualTo(new ResolvedFunction("nightly", String.class, true));
    assertThat(ResolvedFunction.orchestrator(sweep))
        .isEqualTo(new ResolvedFunction("sweep", void.class, true));
  }

  @Test
  void theSameReferenceIsResolvedTheSameEachTime() {
    for (int i = 0; i < 3; i++) {
      ActivityCallWithoutInput<Stock, Integer> count = Stock::count;
      assertThat(ResolvedFunction.activity(count).name()).isEqualTo("count");
    }
  }

  @Test
  void anInheritedActivityIsThatOfItsSuperclass() {
    ActivityCall<SpecialStock, String, List<String>> inherited = SpecialStock::reserve;
    assertThat(ResolvedFunction.activity(inherited).name()).isEqualTo("reserve");
  }

  @Test
  void anOverridingActivityCounts() {
    ActivityCall<Overriding, String, List<String>> overriding = Overriding::reserve;
    assertThat(ResolvedFunction.activity(overriding).name()).isEqualTo("reserve-special");
  }

  @Test
  void anActivityOfAnInterfaceIsResolved() {
    ActivityCall<Gateway, String, String> pay = Gateway::pay;
    assertThat(ResolvedFunction.activity(pay).name()).isEqualTo("pay");
  }

  @Test
  void aLambdaExpressionIsRefused() {
    ActivityCall<Stock, String, List<String>> lambda = (stock, line) -> stock.reserve(line);
    refused(lambda, "a lambda expression or a reference to a static method or constructor");
  }

  @Test
  void aStaticMethodIsRefused() {
    ActivityCall<Stock, String, String> fixed = Stock::fixed;
    refused(fixed, "a lambda expression or a reference to a static method or constructor");
  }

  @Test
  void aMethodWithoutAnnotationIsRefusedByName() {
    ActivityCall<Stock, String, String> unmarked = Stock::unmarked;
    refused(unmarked, "ResolvedFunctionTest$Stock.unmarked");
  }

  @Test
  void anObjectThatIsNoMethodReferenceIsRefused() {
    ActivityCall<Stock, String, String> object =
        new ActivityCall<>() {
          private static final long serialVersionUID = 1L;

          @Override
          public String apply(Stock bean, String input) {
            return input;
          }
        };
    refused(object, "not as an object of");
  }

  private static void refused(FunctionReference reference, String why) {
    assertThatThrownBy(() -> ResolvedFunction.activity(reference))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void anOrchestratorIsNotAnActivity() {
    OrchestratorCallWithoutInput<Orders, String> nightly = Orders::nightly;
    assertThatThrownBy(() -> ResolvedFunction.activity(nightly))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "nightly is an orchestrator, not an activity. Call it with callSubOrchestrator.");
  }

  @Test
  void anActivityIsNotAnOrchestrator() {
    ActivityCallWithoutInput<Stock, Integer> count = Stock::count;
    assertThatThrownBy(() -> ResolvedFunction.orchestrator(count))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("count is an activity, not an orchestrator.");
  }
}
