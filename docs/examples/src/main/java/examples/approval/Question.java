package examples.approval;

/** What a manager is asked, and the instance that waits for the answer. */
public record Question(String to, String about, String instanceId) {}
