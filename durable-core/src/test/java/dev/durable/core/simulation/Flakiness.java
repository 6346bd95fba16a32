package dev.durable.core.simulation;

/** Which attempts of which calls fail, and what the others give: a function of the call's label. */
final class Flakiness {

  private Flakiness() {}

  /** Whether the attempt, counted from 0, of the call fails. */
  static boolean fails(String label, int attempt) {
    return Math.floorMod(mixed(label, attempt), 3) == 0;
  }

  /** What the call gives if it does not fail. */
  static int value(String label) {
    return number(label, 1000);
  }

  /** A number from 0 that follows from the label. */
  static int number(String label, int bound) {
    return (int) Math.floorMod(mixed(label, 99), (long) bound);
  }

  private static long mixed(String label, int salt) {
    long z = label.hashCode() * 0x9E3779B97F4A7C15L + salt;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
