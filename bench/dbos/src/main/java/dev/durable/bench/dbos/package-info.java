/**
 * What our engine is compared with: the same workflows on DBOS Transact for Java, as its
 * documentation tells users to write them and with its defaults, driven by the same code. A program
 * of its own that answers the harness as the application in our server does.
 */
@NullMarked
package dev.durable.bench.dbos;

import org.jspecify.annotations.NullMarked;
