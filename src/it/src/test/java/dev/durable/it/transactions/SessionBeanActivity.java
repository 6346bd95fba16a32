package dev.durable.it.transactions;

import dev.durable.Activity;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** A session bean demands a transaction without saying so. */
@Stateless
public class SessionBeanActivity {

  @Inject Notes notes;

  @Activity("write-and-throw-in-session-bean")
  public String writeAndThrow(String about) {
    notes.write(about);
    throw new IllegalStateException("session bean");
  }
}
