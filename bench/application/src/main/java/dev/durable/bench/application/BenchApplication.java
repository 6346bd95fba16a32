package dev.durable.bench.application;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The REST application of the harness. */
@ApplicationPath("/api")
public class BenchApplication extends Application {}
