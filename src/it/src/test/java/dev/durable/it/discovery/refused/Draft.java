package dev.durable.it.discovery.refused;

import dev.durable.DurableEntity;

/** Is abstract, so that it does not become a bean. */
@DurableEntity("draft")
public abstract class Draft {}
