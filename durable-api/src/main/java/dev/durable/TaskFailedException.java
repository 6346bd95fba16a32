package dev.durable;

/** An activity or a sub-orchestration failed; thrown by {@link Task#await()}. */
public final class TaskFailedException extends DurableException {

  private static final long serialVersionUID = 1L;

  private final String taskName;
  private final int taskId;
  private final FailureDetails failure;

  /** For the task with that id and the durable name of its function. */
  public TaskFailedException(int taskId, String taskName, FailureDetails failure) {
    super("The task " + taskName + " (id " + taskId + ") failed: " + failure.summary());
    this.taskId = taskId;
    this.taskName = taskName;
    this.failure = failure;
  }

  /** The durable name of the function that failed. */
  public String taskName() {
    return taskName;
  }

  /** The task, as the history numbers it. */
  public int taskId() {
    return taskId;
  }

  /** Why it failed. */
  public FailureDetails failure() {
    return failure;
  }
}
