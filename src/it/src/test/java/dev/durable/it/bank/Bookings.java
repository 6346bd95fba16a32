package dev.durable.it.bank;

import jakarta.json.JsonObject;

/** What was booked on an account, as it says itself or as orchestrations report. */
record Bookings(long deposits, long deposited, long withdrawals, long withdrawn) {

  static Bookings of(JsonObject json) {
    return new Bookings(
        json.getJsonNumber("deposits").longValue(),
        json.getJsonNumber("deposited").longValue(),
        json.getJsonNumber("withdrawals").longValue(),
        json.getJsonNumber("withdrawn").longValue());
  }

  Bookings plus(Bookings other) {
    return new Bookings(
        deposits + other.deposits,
        deposited + other.deposited,
        withdrawals + other.withdrawals,
        withdrawn + other.withdrawn);
  }
}
