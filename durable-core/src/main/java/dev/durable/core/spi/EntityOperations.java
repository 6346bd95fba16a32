package dev.durable.core.spi;

import dev.durable.InitialState;
import dev.durable.PayloadException;
import dev.durable.PayloadException.Problem;
import dev.durable.UnknownFunctionException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which methods of an entity are operations, and what is known of these. */
public final class EntityOperations {

  /** The operation that every entity has. */
  public static final String DELETE = "delete";

  private EntityOperations() {}

  /**
   * An operation.
   *
   * @param inputType the type of its argument; null if it takes none
   * @param transactional whether it is to run in the transaction that stores the state
   */
  public record Declared(@Nullable Type inputType, boolean transactional) {}

  /** Whether a method of an entity's class, or of one above, is an operation of the entity. */
  public static boolean isOperation(Method method) {
    return Modifier.isPublic(method.getModifiers())
        && !Modifier.isStatic(method.getModifiers())
        && !method.isBridge()
        && !method.isSynthetic()
        && !method.isAnnotationPresent(InitialState.class)
        && method.getDeclaringClass() != Object.class
        && Arrays.stream(Object.class.getMethods())
            .noneMatch(
                own ->
                    own.getName().equals(method.getName())
                        && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()));
  }

  /**
   * Checks that an operation is there.
   *
   * @return what is known of it; empty for {@link #DELETE} where an entity does not declare it
   * @throws UnknownFunctionException if there is no such entity, or it has no such operation
   */
  public static Optional<Declared> checkKnown(
      FunctionRegistry functions, String entity, String operation) {
    EntityFunction function =
        functions
            .entity(entity)
            .orElseThrow(
                () -> new UnknownFunctionException("entity", entity, functions.entityNames()));
    Declared declared = function.operations().get(operation);
    if (declared == null && !operation.equals(DELETE)) {
      throw unknown(entity, operation, function.operations().keySet());
    }
    return Optional.ofNullable(declared);
  }

  /**
   * The argument of an operation.
   *
   * @param what for the message, such as "the input of operation add"
   * @return null if it takes none
   * @throws PayloadException if the text does not fit it, or there is none where a primitive type
   *     needs one
   */
  public static @Nullable Object argument(
      Declared declared, @Nullable String json, Payloads payloads, String what) {
    Type type = declared.inputType();
    if (type == null) {
      return null;
    }
    Object argument = payloads.read(json, type, what);
    if (argument == null && type instanceof Class<?> primitive && primitive.isPrimitive()) {
      throw new PayloadException(
          Problem.MISMATCH,
          "There is nothing given as " + what + ", which is of type " + type + ".");
    }
    return argument;
  }

  /** There is no such operation. */
  public static UnknownFunctionException unknown(
      String entity, String operation, Set<String> known) {
    return new UnknownFunctionException("operation of entity " + entity, operation, known);
  }
}
