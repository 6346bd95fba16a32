package dev.durable.ejb;

import jakarta.ejb.EJBException;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Calls a function on a contextual reference of its bean, with all of the bean's interceptors and
 * with the class loader of the bean's archive as the thread's. What the user's method throws
 * arrives as it was thrown, errors included.
 */
final class BeanCall {

  private final DeclaredFunction function;
  private final BeanManager beans;
  private final @Nullable Object shared;

  BeanCall(DeclaredFunction function, BeanManager beans) {
    this.function = function;
    this.beans = beans;
    Method method = function.method();
    method.setAccessible(true); // beans need not be public
    Bean<?> bean = function.bean();
    this.shared =
        beans.isNormalScope(bean.getScope())
            ? beans.getReference(bean, function.view(), beans.createCreationalContext(bean))
            : null;
  }

  /** Calls it. */
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
    try {
      return function.method().invoke(reference, arguments);
    } catch (InvocationTargetException e) {
      throw thrownByUser(e.getCause());
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
