/** The code with which instances begin. */
@NullMarked
package dev.durable.it.lifecycle.deployed;

import org.jspecify.annotations.NullMarked;
