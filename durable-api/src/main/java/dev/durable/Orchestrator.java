package dev.durable;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a CDI bean as an orchestrator.
 *
 * <p>The method takes an {@link OrchestrationContext} and, if it wants one, an input, and returns a
 * result or nothing: {@code R name(OrchestrationContext, I)}. Input and result are stored as JSON.
 * Any other signature, or a second orchestrator of the same name and version, fails the deployment.
 *
 * <p><b>The method is replayed.</b> After a wait, a crash or a restart the engine calls it again
 * from its first line and answers its calls from the recorded history, until it reaches a call that
 * has no answer yet. So it must do the same calls in the same order each time:
 *
 * <ul>
 *   <li>no clock, random number or UUID of its own: {@link OrchestrationContext#currentInstant()},
 *       {@link OrchestrationContext#newUuid()};
 *   <li>no I/O, no database, no injected state that changes: that is what activities are for;
 *   <li>no threads, no locks, no {@code Thread.sleep}: {@link OrchestrationContext#createTimer};
 *   <li>no iteration over a collection without a fixed order;
 *   <li>no effects in {@code finally} blocks, which may run each time the orchestrator has to wait,
 *       no transaction around it, and no interceptors on the bean that react to an {@link Error}:
 *       waiting leaves the method by one.
 * </ul>
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Orchestrator {

  /**
   * The durable name: 1 to 200 characters of {@code A-Z a-z 0-9 _ . : -}. It is stored with every
   * instance, so it must stay the same when the class is renamed. Empty: {@code
   * SimpleClassName.methodName}.
   */
  String value() default "";

  /**
   * The version of the code: numbers and words between dots, such as {@code 2} or {@code 2.1.0},
   * compared part by part, numbers by their value; at most 100 characters of {@code A-Z a-z 0-9 _ .
   * -}. Empty: none, which is older than any. Several versions of one name may be deployed side by
   * side. An instance begins with the newest, unless its caller names one; which code may run it
   * later is set by {@code durable.version-match}.
   */
  String version() default "";
}
