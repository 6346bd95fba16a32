/** The front door: assembles client and workers over the doors of the engine. */
@NullMarked
package dev.durable.core.hub;

import org.jspecify.annotations.NullMarked;
