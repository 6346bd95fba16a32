package dev.durable.bench;

/**
 * A figure about a shape.
 *
 * @param shape the name of the shape
 * @param size of it
 * @param what it says
 * @param value in its unit
 * @param unit such as {@code ms}
 */
record Finding(String shape, int size, String what, double value, String unit) {}
