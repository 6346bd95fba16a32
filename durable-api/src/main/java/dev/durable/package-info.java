/**
 * What users of Durable for Jakarta EE write and call: the annotations of their functions, the
 * context of an orchestration, the client, status records and exceptions.
 *
 * <p>An orchestration is ordinary Java in a CDI bean. It calls activities, waits for timers and
 * events, and survives crashes, restarts and redeployments, because every step of it is recorded in
 * a relational database and the code is replayed over that record.
 */
@NullMarked
package dev.durable;

import org.jspecify.annotations.NullMarked;
