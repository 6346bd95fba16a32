package dev.durable.testbed.fault;

import dev.durable.testbed.Options;
import dev.durable.testbed.server.LibertyInstallation;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where the parts of a cluster come from.
 *
 * @param liberty the programs, and where servers are made
 * @param configuration what users run, a directory
 * @param serverXml for the load
 * @param application the load, a WAR
 * @param work where databases and ledgers lie
 */
public record Setup(
    LibertyInstallation liberty, Path configuration, Path serverXml, Path application, Path work) {

  /**
   * Reads {@code liberty}, {@code liberty-config}, {@code server.xml}, {@code load}, {@code work}.
   */
  public static Setup read(Options options) {
    Path work = options.path("work");
    return new Setup(
        new LibertyInstallation(options.path("liberty"), work.resolve("usr")),
        options.path("liberty-config"),
        options.path("server.xml"),
        options.path("load"),
        work);
  }

  void create(String server) throws IOException {
    liberty.create(server, configuration, serverXml, application);
  }
}
