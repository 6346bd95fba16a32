package dev.durable;

/**
 * Which of the waiting activities are begun first. Strict among activities without limits: while
 * one of a higher priority waits, in the whole task hub, none of a lower one is begun; among
 * equals, the one that has waited longest. Short ones that a node has claimed just before their
 * turn are not overtaken any more; they begin within a tenth of a second, or wait again. An
 * activity with a limit ({@code durable.activity.<name>.*}) has turns of its own, and there the
 * same holds for its tasks. What runs is not interrupted.
 */
public enum Priority {
  /** Before all others. */
  HIGH,
  /** What an activity has if nothing else is said. */
  NORMAL,
  /** When nothing else waits. */
  LOW
}
