package dev.durable;

import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class as a durable entity: a small piece of state, addressed by a key, with operations
 * that run one at a time.
 *
 * <pre>{@code
 * @DurableEntity("counter")
 * public class Counter {
 *   private int value;
 *
 *   public void add(int amount) {
 *     value += amount;
 *   }
 *
 *   public int get() {
 *     return value;
 *   }
 * }
 * }</pre>
 *
 * <p><b>State.</b> The state is what the fields hold, whatever their visibility, those of the
 * classes above included: JSON-B writes it after each operation and reads it before the next. Not
 * part of it are fields that are static, transient or injected; none may be final. Before the first
 * operation, and after the state was deleted, an object is as its constructor leaves it, which must
 * be public or protected and take no arguments, and then as its {@link InitialState} method leaves
 * it, if it has one.
 *
 * <p><b>Operations.</b> Each public method is one, but for static ones and those that override a
 * method of {@link Object}; its name is that of the method, so the names of public methods must be
 * unique. It takes one argument or none. {@code delete} is always there: unless the class declares
 * it, it deletes the state.
 *
 * <p><b>Guarantees.</b> An operation runs alone on its entity, wherever nodes and callers are.
 * Operations of one sender run in the order in which they were sent. The state, the answers, and
 * what the operation has sent are stored together, or not at all: after a crash the operation is
 * run again from the state before, so its effects on the entity happen exactly once, and those that
 * it has elsewhere at least once. An operation that throws leaves the state as it was before it,
 * and sends nothing but the failure. Many waiting operations are run one after the other and stored
 * with one commit.
 *
 * <p>With {@code jakarta.transaction.Transactional} on a method, its writes to the database are
 * committed in one transaction with the state.
 *
 * <p>The class must be public; it is a CDI bean in scope {@code @Dependent}; an object is made for
 * each batch of operations. What it needs it may have injected, {@link EntityContext} among them.
 */
@Stereotype
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface DurableEntity {

  /**
   * The durable name: 1 to 100 characters of {@code A-Z a-z 0-9 _ . : -}. It is part of the id of
   * every entity of this class, so it must stay the same when the class is renamed. Empty: the
   * simple name of the class.
   */
  String value() default "";
}
