package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.inject.Stereotype;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InterceptorsTest {

  private final Interceptors interceptors = new Interceptors(beans());

  @Retention(RetentionPolicy.RUNTIME)
  @Stereotype
  @ActivateRequestContext
  @interface InARequest {}

  @Retention(RetentionPolicy.RUNTIME)
  @Stereotype
  @interface Harmless {}

  @Harmless
  @Deprecated
  static class Plain {
    public void order() {}

    @ActivateRequestContext
    public void inARequest() {}

    @jakarta.interceptor.Interceptors(Guard.class)
    public void guarded() {}
  }

  @InARequest
  static class AllInARequest {
    public void order() {}
  }

  static class Guard {
    @AroundInvoke
    Object around(InvocationContext invocation) throws Exception {
      return invocation.proceed();
    }
  }

  static class Guarded extends Guard {
    public void order() {}
  }

  private static BeanManager beans() {
    return fake(
        BeanManager.class,
        (proxy, method, arguments) -> {
          Class<?> annotation = (Class<?>) arguments[0];
          return switch (method.getName()) {
            case "isInterceptorBinding" -> annotation.isAnnotationPresent(InterceptorBinding.class);
            case "isStereotype" -> annotation.isAnnotationPresent(Stereotype.class);
            case "getStereotypeDefinition" -> annotationsOf(annotation);
            default -> throw new UnsupportedOperationException(method.getName());
          };
        });
  }

  private static AnnotatedType<?> annotated(Class<?> type) {
    return fake(
        AnnotatedType.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getJavaClass" -> type;
              case "getAnnotations" -> annotationsOf(type);
              case "getMethods" ->
                  Arrays.stream(type.getMethods())
                      .map(InterceptorsTest::annotated)
                      .collect(Collectors.toSet());
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private static AnnotatedMethod<?> annotated(Method java) {
    return fake(
        AnnotatedMethod.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getJavaMember" -> java;
              case "getAnnotations" -> annotationsOf(java);
              case "hashCode" -> java.hashCode();
              default -> proxy == arguments[0];
            });
  }

  private static Set<Annotation> annotationsOf(AnnotatedElement element) {
    return Set.of(element.getAnnotations());
  }

  private static <T> T fake(Class<T> type, InvocationHandler calls) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
  }

  private boolean areAround(Class<?> type, String method) throws NoSuchMethodException {
    return interceptors.areAround(annotated(type), type.getMethod(method));
  }

  @Test
  void aPlainMethodHasNone() throws Exception {
    assertThat(areAround(Plain.class, "order")).isFalse();
  }

  @Test
  void theyComeWithTheMethodTheClassOrAStereotype() throws Exception {
    assertThat(areAround(Plain.class, "inARequest")).isTrue();
    assertThat(areAround(Plain.class, "guarded")).isTrue();
    assertThat(areAround(AllInARequest.class, "order")).isTrue();
  }

  @Test
  void aClassCanInterceptItself() throws Exception {
    assertThat(areAround(Guarded.class, "order")).isTrue();
  }
}
