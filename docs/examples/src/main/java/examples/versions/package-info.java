/**
 * An orchestrator that is changed while instances run: the code of {@code
 * docs/howto/version-a-running-orchestration.md}.
 */
@NullMarked
package examples.versions;

import org.jspecify.annotations.NullMarked;
