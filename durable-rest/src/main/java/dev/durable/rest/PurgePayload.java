package dev.durable.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What {@link LifeCycle#purge} writes, for the API description. */
@Schema(name = "Purged", description = "What was purged")
record PurgePayload(@Schema(description = "How many instances") long instancesDeleted) {}
