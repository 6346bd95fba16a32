/**
 * What can be done to instances from outside, and what becomes of them when the code changes.
 *
 * <p>Most tests run in the server, with the client that an application has injected. Those about
 * new code deploy one application after the other over the same task hub, and talk to each through
 * its desk.
 */
@NullMarked
package dev.durable.it.lifecycle;

import org.jspecify.annotations.NullMarked;
