package dev.durable;

/**
 * What to do when an instance of the id to be started exists already. Decided and done in the
 * transaction that starts, so two starts at the same moment cannot both win.
 */
public enum StartPolicy {
  /** Replaces a finished one; refuses while one has not finished. */
  REPLACE_FINISHED,
  /** Refuses whatever its status: the id is used at most once, until it is purged. */
  REJECT,
  /** Starts nothing, and gives the id of the one that is there, finished or not. */
  RETURN_EXISTING,
  /**
   * Replaces it whatever its status: one that has not finished is terminated at once, with its
   * sub-orchestrations.
   */
  TERMINATE_AND_REPLACE
}
