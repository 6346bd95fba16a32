/**
 * Instances that are found by what they are about: the code of {@code
 * docs/howto/find-instances.md}.
 */
@NullMarked
package examples.find;

import org.jspecify.annotations.NullMarked;
