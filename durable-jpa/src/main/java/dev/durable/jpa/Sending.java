package dev.durable.jpa;

import dev.durable.core.store.Message;
import dev.durable.jpa.Instances.Found;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How clients write in transactions of their own, which each database does in its own way. */
interface Sending {

  /**
   * Whom a message is for: the instance of that id, unless it is an empty entity that was last
   * updated before that time.
   */
  record Target(Hub hub, String instanceId, long emptySince) {}

  /**
   * Puts a message into an inbox, unless it is there already or its target has finished.
   *
   * @param message whose target's key is of no meaning
   * @param rememberAt if its id is to be remembered, the time of that: then a message whose id is
   *     remembered already is not taken in; null if not
   * @return what was found; null for nothing
   */
  @Nullable Found send(Target target, Message message, @Nullable Instant rememberAt);
}
