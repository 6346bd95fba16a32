package dev.durable.ejb;

import dev.durable.Activity;
import dev.durable.DurableEntity;
import dev.durable.Orchestrator;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the functions and entities of the application while it is deployed, in every archive that
 * can hold beans: EJB jars, WARs and their libraries, libraries of the EAR. What cannot be one
 * fails the deployment, all of it at once.
 *
 * <p>For the container only. It hands out client proxies of this class, so everything is read
 * through methods; and it may make more than one object of it, of which one gets the events, so
 * there is no static state.
 */
public class FunctionExtension implements Extension {

  private final FunctionCatalogue catalogue = new FunctionCatalogue();
  private final EntityCatalogue entities = new EntityCatalogue();

  void seen(
      @Observes @WithAnnotations({Orchestrator.class, Activity.class, DurableEntity.class})
          ProcessAnnotatedType<?> event) {
    Class<?> type = event.getAnnotatedType().getJavaClass();
    if (EntityClass.isEntity(type)) {
      entities.seen(type);
    } else {
      catalogue.seen(type);
    }
  }

  // Session beans come here too: their event is a kind of this one.
  void found(@Observes ProcessManagedBean<?> event, BeanManager beans) {
    Class<?> beanClass = event.getBean().getBeanClass();
    if (EntityClass.isEntity(beanClass)) {
      foundEntity(event, beans);
      return;
    }
    if (FunctionMethod.of(beanClass).isEmpty()) {
      return;
    }
    if (event instanceof ProcessSessionBean<?>) {
      catalogue.addSessionBean(event.getBean());
    } else {
      catalogue.addManagedBean(
          event.getBean(),
          event.getAnnotatedBeanClass(),
          new TransactionDemand(beans),
          new Interceptors(beans));
    }
  }

  private void foundEntity(ProcessManagedBean<?> event, BeanManager beans) {
    if (event instanceof ProcessSessionBean<?>) {
      entities.addSessionBean(event.getBean());
    } else {
      entities.addManagedBean(
          event.getBean(), event.getAnnotatedBeanClass(), new TransactionDemand(beans));
    }
  }

  void validated(@Observes AfterDeploymentValidation event) {
    List<String> problems =
        Stream.of(catalogue.problems(), entities.problems()).flatMap(List::stream).toList();
    if (!problems.isEmpty()) {
      // One exception, because servers put the stack trace of each between the messages.
      event.addDeploymentProblem(
          new DeploymentException(
              "Functions of the application cannot be deployed:\n - "
                  + String.join("\n - ", problems)));
    }
  }

  /** All functions, once the application is deployed. */
  List<DeclaredFunction> functions() {
    return new ArrayList<>(catalogue.functions());
  }

  /** All entities, once the application is deployed. */
  List<DeclaredEntity> entities() {
    return new ArrayList<>(entities.entities());
  }

  /** What is no error but probably not meant, in sentences. */
  List<String> warnings() {
    return Stream.of(catalogue.warnings(), entities.warnings()).flatMap(List::stream).toList();
  }
}
