package dev.durable.ejb;

import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a bean's method runs in the transaction of its caller, if that has one: what decides that
 * an activity's completion can be written in the activity's own transaction. Read as the container
 * reads it; {@code ejb-jar.xml} is not looked at.
 */
final class TransactionDemand {

  private final BeanManager beans;

  TransactionDemand(BeanManager beans) {
    this.beans = beans;
  }

  /**
   * Of a CDI bean: {@code @Transactional} on the method, else on the class, each also by
   * stereotypes and other bindings.
   */
  boolean ofManagedBean(AnnotatedType<?> type, Method method) {
    return demand(type, method).filter(TransactionDemand::joinsCaller).isPresent();
  }

  /** Whether it runs in a transaction in any case, its own or its caller's. */
  boolean needsOne(AnnotatedType<?> type, Method method) {
    return demand(type, method)
        .filter(demanded -> joinsCaller(demanded) || demanded == TxType.REQUIRES_NEW)
        .isPresent();
  }

  private Optional<TxType> demand(AnnotatedType<?> type, Method method) {
    return onMethod(type, method)
        .or(() -> find(type.getAnnotations(), new HashSet<>()))
        .map(Transactional::value);
  }

  private Optional<Transactional> onMethod(AnnotatedType<?> type, Method method) {
    for (AnnotatedMethod<?> annotated : type.getMethods()) {
      if (annotated.getJavaMember().equals(method)) {
        return find(annotated.getAnnotations(), new HashSet<>());
      }
    }
    return Optional.empty();
  }

  private Optional<Transactional> find(Collection<Annotation> annotations, Set<Class<?>> seen) {
    for (Annotation annotation : annotations) {
      if (annotation instanceof Transactional transactional) {
        return Optional.of(transactional);
      }
    }
    for (Annotation annotation : annotations) {
      Class<? extends Annotation> type = annotation.annotationType();
      if (seen.add(type)) {
        Optional<Transactional> inherited = find(definition(type), seen);
        if (inherited.isPresent()) {
          return inherited;
        }
      }
    }
    return Optional.empty();
  }

  private Set<Annotation> definition(Class<? extends Annotation> type) {
    if (beans.isStereotype(type)) {
      return beans.getStereotypeDefinition(type);
    }
    return beans.isInterceptorBinding(type)
        ? beans.getInterceptorBindingDefinition(type)
        : Set.of();
  }

  private static boolean joinsCaller(TxType type) {
    return type == TxType.REQUIRED || type == TxType.MANDATORY;
  }

  /**
   * Of a session bean: {@code @TransactionAttribute} on the method, else on its class, else
   * REQUIRED; none if the bean manages its own.
   */
  static boolean ofSessionBean(Class<?> beanClass, Method method) {
    TransactionManagement management = beanClass.getAnnotation(TransactionManagement.class);
    if (management != null && management.value() == TransactionManagementType.BEAN) {
      return false;
    }
    TransactionAttribute attribute = method.getAnnotation(TransactionAttribute.class);
    if (attribute == null) {
      attribute = method.getDeclaringClass().getAnnotation(TransactionAttribute.class);
    }
    TransactionAttributeType type =
        attribute == null ? TransactionAttributeType.REQUIRED : attribute.value();
    return type == TransactionAttributeType.REQUIRED || type == TransactionAttributeType.MANDATORY;
  }
}
