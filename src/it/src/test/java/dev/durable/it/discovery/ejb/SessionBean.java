package dev.durable.it.discovery.ejb;

import dev.durable.Activity;
import jakarta.ejb.Stateless;

/** What makes the jar an EJB module. */
@Stateless
public class SessionBean {

  @Activity("pass-ejb")
  public String pass(String visitor) {
    return visitor + ", ejb";
  }
}
