package dev.durable.ejb;

import dev.durable.Activity;
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

/**
 * Finds the functions of the application while it is deployed, in every archive that can hold
 * beans: EJB jars, WARs and their libraries, libraries of the EAR. What cannot be a function fails
 * the deployment, all of it at once.
 *
 * <p>For the container only. It hands out client proxies of this class, so everything is read
 * through methods; and it may make more than one object of it, of which one gets the events, so
 * there is no static state.
 */
public class FunctionExtension implements Extension {

  private final FunctionCatalogue catalogue = new FunctionCatalogue();

  void seen(
      @Observes @WithAnnotations({Orchestrator.class, Activity.class})
          ProcessAnnotatedType<?> event) {
    catalogue.seen(event.getAnnotatedType().getJavaClass());
  }

  // Session beans come here too: their event is a kind of this one.
  void found(@Observes ProcessManagedBean<?> event, BeanManager beans) {
    Class<?> beanClass = event.getBean().getBeanClass();
    if (FunctionMethod.of(beanClass).isEmpty()) {
      return;
    }
    if (event instanceof ProcessSessionBean<?>) {
      catalogue.addSessionBean(event.getBean());
    } else {
      catalogue.addManagedBean(
          event.getBean(), event.getAnnotatedBeanClass(), new TransactionDemand(beans));
    }
  }

  void validated(@Observes AfterDeploymentValidation event) {
    List<String> problems = catalogue.problems();
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

  /** What is no error but probably not meant, in sentences. */
  List<String> warnings() {
    return new ArrayList<>(catalogue.warnings());
  }
}
