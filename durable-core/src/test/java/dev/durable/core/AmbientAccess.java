package dev.durable.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.security.SecureRandom;
import java.util.Date;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Calls and method references through which code gets what nobody handed to it. */
final class AmbientAccess {

  private static final Set<String> SYSTEM_CLOCKS =
      Set.of(
          "now",
          "system",
          "systemUTC",
          "systemDefaultZone",
          "tickMillis",
          "tickSeconds",
          "tickMinutes");

  private static final Set<String> THREAD_STARTS =
      Set.of("<init>", "sleep", "start", "startVirtualThread", "ofVirtual", "ofPlatform");

  static final DescribedPredicate<JavaAccess<?>> TO_THE_TIME =
      accessTo(
          "the system's time",
          target ->
              is(target, System.class, Set.of("currentTimeMillis", "nanoTime"))
                  || (target.getOwner().getPackageName().equals("java.time")
                      && SYSTEM_CLOCKS.contains(target.getName()))
                  || isNewWithoutArguments(target, Date.class));

  static final DescribedPredicate<JavaAccess<?>> TO_RANDOMNESS =
      accessTo(
          "unseeded randomness",
          target ->
              is(target, UUID.class, Set.of("randomUUID"))
                  || is(target, Math.class, Set.of("random"))
                  || is(target, RandomGenerator.class, Set.of("getDefault", "of"))
                  || isNewWithoutArguments(target, Random.class)
                  || isNewWithoutArguments(target, SplittableRandom.class)
                  || target.getOwner().isAssignableTo(SecureRandom.class)
                  || target.getOwner().isAssignableTo(ThreadLocalRandom.class));

  static final DescribedPredicate<JavaAccess<?>> TO_THREADS =
      accessTo(
          "threads of its own",
          target ->
              (target.getOwner().isAssignableTo(Thread.class)
                      && THREAD_STARTS.contains(target.getName()))
                  || target.getOwner().isEquivalentTo(Executors.class)
                  || target.getOwner().isAssignableTo(ForkJoinPool.class)
                  || target.getOwner().isAssignableTo(Timer.class));

  private AmbientAccess() {}

  private static DescribedPredicate<JavaAccess<?>> accessTo(
      String what, Predicate<AccessTarget> forbidden) {
    return describe("is " + what, access -> forbidden.test(access.getTarget()));
  }

  private static boolean is(AccessTarget target, Class<?> owner, Set<String> names) {
    return target.getOwner().isEquivalentTo(owner) && names.contains(target.getName());
  }

  private static boolean isNewWithoutArguments(AccessTarget target, Class<?> type) {
    return target instanceof CodeUnitAccessTarget called
        && is(target, type, Set.of("<init>"))
        && called.getRawParameterTypes().isEmpty();
  }
}
