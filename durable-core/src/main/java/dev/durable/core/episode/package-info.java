/**
 * One episode: from a claimed work item to the one commit that stores all that follows from it.
 *
 * <p>Nothing is sent beside that commit; what must happen elsewhere is a message in it.
 */
@NullMarked
package dev.durable.core.episode;

import org.jspecify.annotations.NullMarked;
