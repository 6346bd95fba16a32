package examples.events;

/** A wish for a seat, and the instance that waits for the answer. */
public record Seat(String row, String replyTo) {}
