/**
 * From events to decisions: runs an orchestrator over its history and then over what is new.
 *
 * <p>{@link dev.durable.core.replay.OrchestrationExecutor} is the only caller of orchestrators, and
 * a function: the same events give the same decisions.
 */
@NullMarked
package dev.durable.core.replay;

import org.jspecify.annotations.NullMarked;
