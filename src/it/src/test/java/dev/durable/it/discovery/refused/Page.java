package dev.durable.it.discovery.refused;

import dev.durable.DurableEntity;

/** Is no class of which objects can be changed, so that it does not become a bean. */
@DurableEntity("page")
public record Page(int number) {}
