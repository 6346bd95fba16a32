package dev.durable.ejb;

import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A function as its bean declares it, checked.
 *
 * @param kind what it is
 * @param name its durable name
 * @param version of an orchestrator; null for none
 * @param bean whose method it is
 * @param view the bean type to call it through
 * @param method to be called on a reference of that type
 * @param inputType null if it takes none
 * @param transactional whether it wants a transaction from its caller, so that its completion can
 *     be written in it
 * @param atMostOnce whether an activity must not be begun again; not said by {@code method}, which
 *     an interface may declare without annotations
 * @param intercepted whether an orchestrator has interceptors of the application's or the server's
 */
record DeclaredFunction(
    FunctionKind kind,
    String name,
    @Nullable String version,
    Bean<?> bean,
    Type view,
    Method method,
    @Nullable Type inputType,
    boolean transactional,
    boolean atMostOnce,
    boolean intercepted) {

  /** Class and method, for messages. */
  String where() {
    return bean.getBeanClass().getName() + "." + method.getName();
  }
}
