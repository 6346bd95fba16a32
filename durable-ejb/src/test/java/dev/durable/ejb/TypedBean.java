package dev.durable.ejb;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;

/** A bean of which only class, types and scope are known. */
record TypedBean(Class<?> beanClass, Set<Type> types, Class<? extends Annotation> scope)
    implements Bean<Object> {

  TypedBean(Class<?> beanClass, Set<Type> types) {
    this(beanClass, types, Dependent.class);
  }

  @Override
  public Class<?> getBeanClass() {
    return beanClass;
  }

  @Override
  public Set<Type> getTypes() {
    return types;
  }

  @Override
  public Set<InjectionPoint> getInjectionPoints() {
    return Set.of();
  }

  @Override
  public Object create(CreationalContext<Object> context) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void destroy(Object instance, CreationalContext<Object> context) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<Annotation> getQualifiers() {
    return Set.of();
  }

  @Override
  public Class<? extends Annotation> getScope() {
    return scope;
  }

  @Override
  public String getName() {
    return "";
  }

  @Override
  public Set<Class<? extends Annotation>> getStereotypes() {
    return Set.of();
  }

  @Override
  public boolean isAlternative() {
    return false;
  }
}
