package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.Activity;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.lang.reflect.Type;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FunctionCatalogueTest {

  private final FunctionCatalogue catalogue = new FunctionCatalogue();

  static class Payments {
    @Activity("charge")
    public void charge() {}

    @Activity("refund")
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void refund() {}
  }

  static class OtherPayments {
    @Activity("charge")
    public void chargeAgain() {}
  }

  static class Orders {
    @Orchestrator("order")
    public void order(OrchestrationContext context) {}
  }

  @TransactionManagement(TransactionManagementType.BEAN)
  static class Own {
    @Activity("own")
    public void own() {}
  }

  interface Business {
    void act();
  }

  static class Behind implements Business {
    @Override
    @Activity(value = "act", atMostOnce = true)
    public void act() {}

    @Activity("hidden")
    public void hidden() {}
  }

  private void add(Class<?> beanClass, Type... types) {
    catalogue.addSessionBean(
        new TypedBean(beanClass, types.length == 0 ? Set.of(beanClass) : Set.of(types)));
  }

  @Test
  void sessionBeansRunActivitiesInATransactionUnlessTheySayOtherwise() {
    add(Payments.class);
    add(Own.class);

    assertThat(catalogue.problems()).isEmpty();
    assertThat(catalogue.functions())
        .extracting(function -> function.name() + " " + function.transactional())
        .containsExactlyInAnyOrder("charge true", "refund false", "own false");
  }

  @Test
  void twoFunctionsOfOneNameAreToldWithBothPlaces() {
    add(Payments.class);
    add(OtherPayments.class);

    assertThat(catalogue.problems())
        .containsExactly(
            "The name of activity charge is used by "
                + OtherPayments.class.getName()
                + ".chargeAgain and "
                + Payments.class.getName()
                + ".charge. Expected: one function per name; set another in the annotation.");
  }

  @Test
  void anOrchestratorOfASessionBeanIsRefused() {
    add(Orders.class);

    assertThat(catalogue.problems())
        .singleElement()
        .asString()
        .contains(Orders.class.getName() + ".order belongs to a session bean");
    assertThat(catalogue.functions()).isEmpty();
  }

  @Test
  void aBeanKnownByItsInterfaceIsCalledThroughIt() {
    add(Behind.class, Business.class, Object.class);

    assertThat(catalogue.functions())
        .singleElement()
        .satisfies(
            function -> {
              assertThat(function.view()).isEqualTo(Business.class);
              assertThat(function.method().getDeclaringClass()).isEqualTo(Business.class);
              assertThat(function.atMostOnce()).as("as its class says").isTrue();
            });
    assertThat(catalogue.problems())
        .singleElement()
        .asString()
        .contains(Behind.class.getName() + ".hidden cannot be called");
  }

  @Test
  void anActivityMayBeRepeatedUnlessItSaysOtherwise() {
    add(Payments.class);

    assertThat(catalogue.functions()).noneMatch(DeclaredFunction::atMostOnce);
  }

  @Test
  void aClassWithFunctionsThatIsNoBeanIsWarnedAbout() {
    catalogue.seen(Orders.class);
    catalogue.seen(Payments.class);
    add(Payments.class);

    assertThat(catalogue.warnings())
        .singleElement()
        .asString()
        .startsWith(Orders.class.getName() + " has functions but is not a bean");
  }
}
