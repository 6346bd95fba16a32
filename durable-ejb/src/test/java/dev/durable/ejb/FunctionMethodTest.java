package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.Activity;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionMethodTest {

  private static FunctionMethod only(Class<?> type) {
    List<FunctionMethod> found = FunctionMethod.of(type);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static List<String> problems(Class<?> type) {
    return FunctionMethod.of(type).stream().flatMap(method -> method.problems().stream()).toList();
  }

  static class Good {
    @Orchestrator("order")
    public String order(OrchestrationContext context, List<String> lines) {
      return "";
    }

    @Orchestrator
    void plain(OrchestrationContext context) {}

    @Activity("charge")
    protected int charge(int amount) {
      return amount;
    }

    @Activity
    public void ping() {}

    public void noFunction(int a, int b) {}
  }

  @Test
  void allAllowedSignaturesAreFunctions() throws NoSuchMethodException {
    assertThat(problems(Good.class)).isEmpty();
    assertThat(FunctionMethod.of(Good.class))
        .extracting(FunctionMethod::name)
        .containsExactlyInAnyOrder("order", "Good.plain", "charge", "Good.ping");
  }

  @Test
  void theInputIsWhatFollowsTheContext() {
    assertThat(FunctionMethod.of(Good.class))
        .extracting(method -> method.name() + " " + method.inputType())
        .containsExactlyInAnyOrder(
            "order java.util.List<java.lang.String>",
            "Good.plain null",
            "charge int",
            "Good.ping null");
  }

  static class WithoutContext {
    @Orchestrator
    public void run(String input) {}
  }

  static class TooMany {
    @Orchestrator
    public void run(OrchestrationContext context, String a, String b) {}

    @Activity
    public void act(String a, String b) {}
  }

  static class ContextInActivity {
    @Activity
    public void act(OrchestrationContext context) {}
  }

  @Test
  void wrongParametersAreToldWithClassAndMethodAndWhatIsExpected() {
    assertThat(problems(WithoutContext.class))
        .containsExactly(
            "@Orchestrator method "
                + WithoutContext.class.getName()
                + ".run takes (String). Expected: R name(OrchestrationContext) or R name(OrchestrationContext, I).");
    assertThat(problems(TooMany.class))
        .hasSize(2)
        .anyMatch(p -> p.contains(".run takes (OrchestrationContext, String, String)"))
        .anyMatch(p -> p.contains(".act takes (String, String). Expected: R name() or R name(I)."));
    assertThat(problems(ContextInActivity.class))
        .singleElement()
        .asString()
        .contains(".act takes (OrchestrationContext)");
  }

  static class Uncallable {
    @Activity
    public static void ofClass() {}

    @Activity
    public final void fixed() {}

    @Activity
    private void hidden() {}
  }

  @Test
  void methodsThatNoProxyCanCallAreRefused() {
    assertThat(problems(Uncallable.class))
        .hasSize(3)
        .anyMatch(p -> p.contains("ofClass is static"))
        .anyMatch(p -> p.contains("fixed is final"))
        .anyMatch(p -> p.contains("hidden is private"));
  }

  static class BadName {
    @Activity("charge money")
    public void charge() {}
  }

  static class Both {
    @Activity("a")
    @Orchestrator("o")
    public void run(OrchestrationContext context) {}
  }

  @Test
  void badNamesAndTwoKindsAtOnceAreRefused() {
    assertThat(problems(BadName.class))
        .singleElement()
        .asString()
        .contains(".charge: The function name \"charge money\" is not valid");
    assertThat(problems(Both.class))
        .anyMatch(p -> p.contains("is both @Orchestrator and @Activity"));
  }

  static class Generic<T> {
    @Activity
    public void act(List<T> input) {}
  }

  static class OfText extends Generic<String> {}

  @Test
  void anInputWhoseTypeIsAVariableIsRefused() {
    assertThat(problems(OfText.class))
        .singleElement()
        .asString()
        .contains(OfText.class.getName() + ".act (inherited from " + Generic.class.getName() + ")")
        .contains("java.util.List<T>");
  }

  static class Parent {
    @Activity("kept")
    public void kept() {}

    @Activity("replaced")
    public void replaced() {}

    @Activity("dropped")
    public void dropped() {}
  }

  static class Child extends Parent {
    @Override
    @Activity("replacement")
    public void replaced() {}

    @Override
    public void dropped() {}
  }

  @Test
  void anInheritedFunctionCountsUnlessItIsOverridden() {
    assertThat(FunctionMethod.of(Child.class))
        .extracting(FunctionMethod::name)
        .containsExactlyInAnyOrder("kept", "replacement");
  }

  interface Typed<T> {
    void act(T input);
  }

  static class Bridged implements Typed<String> {
    @Override
    @Activity("act")
    public void act(String input) {}
  }

  @Test
  void theBridgeOfAGenericInterfaceIsNoSecondFunction() {
    assertThat(only(Bridged.class).inputType()).isEqualTo(String.class);
  }
}
