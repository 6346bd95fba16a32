package examples.approval;

/** The answer of a manager. */
public record Decision(boolean approved, String by) {}
