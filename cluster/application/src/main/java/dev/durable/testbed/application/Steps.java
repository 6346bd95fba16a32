package dev.durable.testbed.application;

import dev.durable.Activity;
import dev.durable.ActivityContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** The activity. */
@ApplicationScoped
public class Steps {

  @Inject Ledger ledger;
  @Inject ActivityContext activity;

  /**
   * Takes that many milliseconds, and writes into the ledger when it begins and when it ends.
   *
   * @return a number of this attempt's own, by which its result is recognised
   */
  @Activity("load-step")
  public String take(Integer millis) throws InterruptedException {
    String nonce = UUID.randomUUID().toString();
    ledger.write("start", activity, nonce);
    Thread.sleep(millis);
    ledger.write("end", activity, nonce);
    return nonce;
  }
}
