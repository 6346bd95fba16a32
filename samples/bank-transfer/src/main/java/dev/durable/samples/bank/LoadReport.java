package dev.durable.samples.bank;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a load has done; the output of {@code transfer-load}.
 *
 * @param made how many transfers
 * @param refused how many were not made, since there was not enough money
 * @param bookings what the transfers have booked, by the number of the account
 */
public record LoadReport(int made, int refused, Map<String, Bookings> bookings) {

  /** Nothing yet. */
  static final LoadReport EMPTY = new LoadReport(0, 0, Map.of());

  /** This one, and a transfer. */
  LoadReport and(Transfer transfer, TransferResult result) {
    if (!result.made()) {
      return new LoadReport(made, refused + 1, bookings);
    }
    Map<String, Bookings> more = new TreeMap<>(bookings);
    more.put(transfer.from(), of(transfer.from()).andWithdrawal(transfer.cents()));
    more.put(transfer.to(), of(transfer.to()).andDeposit(transfer.cents()));
    return new LoadReport(made + 1, refused, more);
  }

  private Bookings of(String number) {
    return bookings.getOrDefault(number, Bookings.NONE);
  }
}
