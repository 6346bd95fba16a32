package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.DurableEntity;
import dev.durable.EntityId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EntityCatalogueTest {

  private final EntityCatalogue catalogue = new EntityCatalogue();

  @DurableEntity("counter")
  public static class Counter {
    @Transactional
    public void add(int amount) {}

    @Transactional(TxType.REQUIRES_NEW)
    public void addApart(int amount) {}

    public int get() {
      return 0;
    }
  }

  @DurableEntity("counter")
  public static class OtherCounter {}

  @Transactional(TxType.MANDATORY)
  @DurableEntity
  public static class Account {
    public void deposit(int amount) {}
  }

  @DurableEntity
  public abstract static class Abstract {}

  private static <T> T fake(Class<T> type, InvocationHandler calls) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
  }

  /** A set of what has no hash codes. */
  private static final class Listed extends AbstractSet<Object> {

    private final List<?> elements;

    Listed(List<?> elements) {
      this.elements = elements;
    }

    @Override
    @SuppressWarnings("unchecked") // only read
    public Iterator<Object> iterator() {
      return (Iterator<Object>) elements.iterator();
    }

    @Override
    public int size() {
      return elements.size();
    }
  }

  private static AnnotatedType<?> annotated(Class<?> type) {
    List<?> listed =
        Stream.of(type.getDeclaredMethods())
            .map(
                method ->
                    fake(
                        AnnotatedMethod.class,
                        (proxy, called, arguments) ->
                            called.getName().equals("getJavaMember")
                                ? method
                                : Set.of(method.getAnnotations())))
            .toList();
    return fake(
        AnnotatedType.class,
        (proxy, called, arguments) ->
            called.getName().equals("getMethods")
                ? new Listed(listed)
                : Set.of(type.getAnnotations()));
  }

  private void add(Class<?> type, Class<? extends Annotation> scope) {
    BeanManager beans = fake(BeanManager.class, (proxy, method, arguments) -> false);
    catalogue.addManagedBean(
        new TypedBean(type, Set.of(type), scope), annotated(type), new TransactionDemand(beans));
  }

  private void add(Class<?> type) {
    add(type, Dependent.class);
  }

  @Test
  void anEntityIsDeclaredWithItsOperationsAndWhichOfThemJoinATransaction() {
    add(Counter.class);
    add(Account.class);

    assertThat(catalogue.problems()).isEmpty();
    assertThat(catalogue.warnings()).isEmpty();
    assertThat(catalogue.entities())
        .extracting(
            entity ->
                entity.operations().values().stream()
                    .map(o -> entity.name() + "." + o.method().getName() + " " + o.transactional())
                    .sorted()
                    .toList()
                    .toString())
        .containsExactlyInAnyOrder(
            "[counter.add true, counter.addApart false, counter.get false]",
            "[Account.deposit true]");
  }

  @Test
  void twoEntitiesOfOneNameAreToldWithBothClasses() {
    add(OtherCounter.class);
    add(Counter.class);

    assertThat(catalogue.problems())
        .containsExactly(
            "The name of entity counter is used by "
                + Counter.class.getName()
                + " and "
                + OtherCounter.class.getName()
                + ". Expected: one class per name; set another in the annotation.");
  }

  @Test
  void aBeanOfAnotherKindIsRefused() {
    add(Counter.class, ApplicationScoped.class);
    catalogue.addSessionBean(new TypedBean(Account.class, Set.of(Account.class)));

    assertThat(catalogue.problems())
        .containsExactly(
            "@DurableEntity class "
                + Account.class.getName()
                + " is a session bean. Expected: a class without an annotation of EJB.",
            "@DurableEntity class "
                + Counter.class.getName()
                + " has the scope @ApplicationScoped. Expected: no scope, because an object is made"
                + " for each batch of operations.");
    assertThat(catalogue.entities()).isEmpty();
  }

  @Test
  void whatDidNotBecomeABeanIsRefusedIfItCannotBeAnEntityAndElseWarnedAbout() {
    catalogue.seen(Abstract.class);
    catalogue.seen(Counter.class);

    assertThat(catalogue.problems())
        .singleElement()
        .asString()
        .startsWith("@DurableEntity class " + Abstract.class.getName() + " is abstract.");
    assertThat(catalogue.warnings())
        .containsExactly(
            Counter.class.getName() + " is an entity but not a bean, so it is not deployed.");
  }

  @Test
  void namesAreThoseOfIds() {
    add(Account.class);

    assertThat(catalogue.entities().get(0).name()).isEqualTo(EntityId.nameOf(Account.class));
  }
}
