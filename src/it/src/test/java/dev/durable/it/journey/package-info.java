/**
 * Orders over HTTP, as the users of the sample send them: good ones, bad ones, from those who may
 * and those who may not, with the server killed in the middle.
 */
@NullMarked
package dev.durable.it.journey;

import org.jspecify.annotations.NullMarked;
