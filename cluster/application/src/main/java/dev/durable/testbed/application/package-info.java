/**
 * The load for servers that are broken on purpose: orchestrations that use everything that can get
 * lost or be done twice, and activities that leave a line in a file outside of the database each
 * time they begin and end. Clients start them over HTTP from outside, so that they outlive any
 * server.
 */
@NullMarked
package dev.durable.testbed.application;

import org.jspecify.annotations.NullMarked;
