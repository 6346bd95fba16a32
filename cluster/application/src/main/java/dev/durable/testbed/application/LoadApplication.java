package dev.durable.testbed.application;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The REST application of the load. */
@ApplicationPath("/api")
public class LoadApplication extends Application {}
