package dev.durable.core.spi;

import dev.durable.function.FunctionReference;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM tells of a method reference: it can be serialized, and its form names the method.
 */
final class MethodReferences {

  private MethodReferences() {}

  static SerializedLambda serialized(FunctionReference reference) {
    try {
      Method writeReplace = reference.getClass().getDeclaredMethod("writeReplace");
      writeReplace.setAccessible(true);
      return (SerializedLambda) writeReplace.invoke(reference);
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(
          "A function must be given as a method reference such as Stock::reserve, not as an object of "
              + reference.getClass().getName()
              + ".",
          e);
    }
  }

  static boolean isToInstanceMethod(SerializedLambda lambda) {
    return lambda.getImplMethodKind() == MethodHandleInfo.REF_invokeVirtual
        || lambda.getImplMethodKind() == MethodHandleInfo.REF_invokeInterface;
  }

  /**
   * The method that it means, in its class or one above.
   *
   * @throws IllegalArgumentException if it is none of a class, or its class is not visible
   */
  static Method target(SerializedLambda lambda, @Nullable ClassLoader loader) {
    try {
      Class<?> bean = Class.forName(lambda.getImplClass().replace('/', '.'), false, loader);
      Class<?>[] parameters =
          MethodType.fromMethodDescriptorString(lambda.getImplMethodSignature(), loader)
              .parameterArray();
      for (Class<?> type = bean; type != null; type = type.getSuperclass()) {
        for (Method method : type.getDeclaredMethods()) {
          if (method.getName().equals(lambda.getImplMethodName())
              && Arrays.equals(method.getParameterTypes(), parameters)
              && !method.isBridge()) {
            return method;
          }
        }
      }
      throw ResolvedFunction.notAFunction(
          bean.getName()
              + "."
              + lambda.getImplMethodName()
              + ", which is inherited from an interface");
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "The class of a method reference is not visible where it is used: " + e.getMessage(), e);
    }
  }
}
