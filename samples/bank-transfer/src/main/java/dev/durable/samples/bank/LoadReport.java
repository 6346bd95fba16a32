package dev.durable.samples.bank;

import java.util.List;
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

  /** This one, and more transfers. */
  LoadReport and(List<Transfer> moreMade, int moreRefused) {
    Map<String, Bookings> all = new TreeMap<>(bookings);
    for (Transfer transfer : moreMade) {
      all.merge(transfer.from(), Bookings.NONE.andWithdrawal(transfer.cents()), Bookings::plus);
      all.merge(transfer.to(), Bookings.NONE.andDeposit(transfer.cents()), Bookings::plus);
    }
    return new LoadReport(made + moreMade.size(), refused + moreRefused, all);
  }
}
