package dev.durable.samples.bank;

/**
 * How an account stands.
 *
 * @param number which account
 * @param cents what is on it
 * @param bookings how that came about: what was deposited less what was withdrawn
 */
public record Statement(String number, long cents, Bookings bookings) {}
