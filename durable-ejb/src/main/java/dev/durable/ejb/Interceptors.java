package dev.durable.ejb;

import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.interceptor.AroundInvoke;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Whether a CDI bean's method is called through interceptors. */
final class Interceptors {

  private final BeanManager beans;

  Interceptors(BeanManager beans) {
    this.beans = beans;
  }

  /**
   * Whether it has, or its class, the annotation of an interceptor, by a stereotype too, or the
   * class intercepts itself.
   */
  boolean areAround(AnnotatedType<?> type, Method method) {
    return Stream.concat(
                Stream.of(type),
                type.getMethods().stream().filter(m -> m.getJavaMember().equals(method)))
            .anyMatch(annotated -> isBinding(annotated.getAnnotations(), new HashSet<>()))
        || interceptsItself(type.getJavaClass());
  }

  private static boolean interceptsItself(Class<?> type) {
    return Stream.<Class<?>>iterate(type, c -> c != null, Class::getSuperclass)
        .flatMap(c -> Arrays.stream(c.getDeclaredMethods()))
        .anyMatch(m -> m.isAnnotationPresent(AroundInvoke.class));
  }

  private boolean isBinding(Collection<Annotation> annotations, Set<Class<?>> seen) {
    return annotations.stream()
        .map(Annotation::annotationType)
        .anyMatch(annotation -> isBinding(annotation, seen));
  }

  private boolean isBinding(Class<? extends Annotation> annotation, Set<Class<?>> seen) {
    return beans.isInterceptorBinding(annotation)
        || annotation == jakarta.interceptor.Interceptors.class
        || beans.isStereotype(annotation)
            && seen.add(annotation)
            && isBinding(beans.getStereotypeDefinition(annotation), seen);
  }
}
