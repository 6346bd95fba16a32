/** What the program understands and answers, without a database. */
@NullMarked
package dev.durable.bench.dbos;

import org.jspecify.annotations.NullMarked;
