package examples.approval;

/** What was spent, and who decides. */
public record Expense(String what, long cents, String manager) {}
