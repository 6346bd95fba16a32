package dev.durable.samples.bank;

import dev.durable.DurableClient;
import dev.durable.SignalOptions;
import dev.durable.StartOptions;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * What other beans of the application use the bank with. Joins their transactions: what they ask
 * for is done when these have committed, and not at all if they roll back.
 */
@Stateless
public class Teller {

  @Inject DurableClient durable;

  /**
   * Takes cash for an account.
   *
   * @param receipt the number of the receipt; cash with a known one is not booked again
   */
  public void takeCash(String number, long cents, String receipt) {
    durable.signalEntity(
        Account.numbered(number),
        Account::deposit,
        cents,
        SignalOptions.defaults().withSignalId(receipt));
  }

  /** Orders a transfer; {@link DurableClient#await} tells what became of the one of that id. */
  public void order(String id, Transfer transfer) {
    durable.start(TransferOrchestrations::transfer, transfer, StartOptions.withId(id));
  }

  /**
   * What is on an account, in cents, as it was last stored; empty if nothing was ever booked.
   *
   * @throws dev.durable.EntityLockedException if a transfer is under way
   */
  public Optional<Long> balance(String number) {
    return durable.readEntity(Account.numbered(number), Account.class).map(Account::balance);
  }
}
