package examples.retry;

/** What is to be paid. */
public record Order(String id, String account, long cents) {}
