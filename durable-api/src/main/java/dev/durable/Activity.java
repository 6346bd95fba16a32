package dev.durable;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a CDI bean as an activity: ordinary code, free to do I/O, called by an
 * orchestrator through {@link OrchestrationContext#call}.
 *
 * <p>The method takes one input or none and returns a result or nothing; both are stored as JSON.
 * Any other signature, or a second activity of the same name, fails the deployment. An exception
 * becomes the failure of the task; the orchestrator sees it as a {@link TaskFailedException}, after
 * the attempts of its {@link RetryPolicy}.
 *
 * <p><b>Guarantee.</b> A scheduled activity runs at least once, and exactly one of its results is
 * recorded. It runs again when its node dies, or is cut off for longer than the lease, before the
 * result is stored; so effects outside the engine's database should be idempotent. A
 * {@code @Transactional} activity (of type REQUIRED or MANDATORY) runs in the transaction that also
 * records its completion: its writes to the engine's data source are committed exactly once,
 * together with the result, or not at all.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Activity {

  /**
   * The durable name: 1 to 200 characters of {@code A-Z a-z 0-9 _ . : -}. It is stored with every
   * call, so it must stay the same when the class is renamed. Empty: {@code
   * SimpleClassName.methodName}.
   */
  String value() default "";

  /**
   * Whether an attempt must never be begun twice, for effects that must not be repeated and cannot
   * be recognised. If its node dies, or is cut off for longer than the lease, before the result is
   * stored, the attempt fails with a failure of type {@link FailureDetails#OUTCOME_UNKNOWN}, which
   * no {@link RetryPolicy} tries again: whether it had its effect is for the orchestrator to find
   * out. Nor does one try again an attempt that has timed out after it was begun. A {@link
   * RetryPolicy} still tries again what is known to have failed, and {@link DurableClient#rewind}
   * all that has no result.
   */
  boolean atMostOnce() default false;
}
