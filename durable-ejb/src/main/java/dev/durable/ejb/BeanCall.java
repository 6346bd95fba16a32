package dev.durable.ejb;

import jakarta.ejb.EJBException;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Calls a function on a contextual reference of its bean, with all of the bean's interceptors and
 * with the class loader of the bean's archive as the thread's. What the user's method throws
 * arrives as it was thrown, errors included.
 *
 * <p>By a method handle: reflection wraps what is thrown in an exception with a stack trace of its
 * own, and an orchestrator that waits is left by throwing.
 */
final class BeanCall {

  private final DeclaredFunction function;
  private final BeanManager beans;
  private final MethodHandle handle;
  private final boolean[] primitive;
  private final @Nullable Object shared;

  BeanCall(DeclaredFunction function, BeanManager beans) {
    this.function = function;
    this.beans = beans;
    Method method = function.method();
    method.setAccessible(true); // beans need not be public
    this.handle = handle(method);
    this.primitive = primitive(method);
    Bean<?> bean = function.bean();
    this.shared =
        beans.isNormalScope(bean.getScope())
            ? beans.getReference(bean, function.view(), beans.createCreationalContext(bean))
            : null;
  }

  private static MethodHandle handle(Method method) {
    try {
      MethodHandle handle = MethodHandles.lookup().unreflect(method).asFixedArity();
      return handle
          .asType(handle.type().generic())
          .asSpreader(Object[].class, method.getParameterCount());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method + " was made accessible", e);
    }
  }

  private static boolean[] primitive(Method method) {
    boolean[] primitive = new boolean[method.getParameterCount()];
    for (int i = 0; i < primitive.length; i++) {
      primitive[i] = method.getParameterTypes()[i].isPrimitive();
    }
    return primitive;
  }

  /**
   * Calls it.
   *
   * @throws IllegalArgumentException if there is nothing for a parameter that must have a value
   */
  @Nullable Object invoke(@Nullable Object... arguments) throws Throwable {
    return InArchive.of(
        function.bean(), () -> shared == null ? onOwnReference(arguments) : on(shared, arguments));
  }

  /** A reference to a bean without a client proxy lives as long as its creational context. */
  private @Nullable Object onOwnReference(@Nullable Object[] arguments) throws Throwable {
    CreationalContext<?> context = beans.createCreationalContext(function.bean());
    try {
      return on(beans.getReference(function.bean(), function.view(), context), arguments);
    } finally {
      context.release();
    }
  }

  private @Nullable Object on(Object reference, @Nullable Object[] arguments) throws Throwable {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] == null && primitive[i]) {
        throw new IllegalArgumentException(
            "Parameter " + (i + 1) + " of " + function.method() + " was given no value");
      }
    }
    try {
      return handle.invoke(reference, arguments);
    } catch (EJBException e) {
      throw thrownByUser(e);
    }
  }

  /** Session beans wrap what is thrown, perhaps more than once. */
  private static Throwable thrownByUser(Throwable thrown) {
    Throwable inner = thrown;
    while (inner instanceof EJBException && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner;
  }
}
