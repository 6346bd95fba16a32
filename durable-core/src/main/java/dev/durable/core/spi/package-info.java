/**
 * The doors to the user's world: functions by name, values as text, failures as data.
 *
 * <p>What stands behind a door (CDI beans, JSON-B) is the host's business; a test puts plain Java
 * there.
 */
@NullMarked
package dev.durable.core.spi;

import org.jspecify.annotations.NullMarked;
