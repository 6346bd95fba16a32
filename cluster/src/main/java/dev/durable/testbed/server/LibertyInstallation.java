package dev.durable.testbed.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * An unpacked Open Liberty and a user directory of ours beside it, so that all servers of a machine
 * share the programs.
 *
 * @param programs the directory {@code wlp}
 * @param userDirectory where servers, logs and shared resources lie, the directory {@code usr}
 */
public record LibertyInstallation(Path programs, Path userDirectory) {

  /** Where the server of that name is, or is to be. */
  public Path server(String name) {
    return userDirectory.resolve("servers").resolve(name);
  }

  /**
   * Makes a server of that name anew: with all files of a configuration directory, that server.xml,
   * and that application.
   */
  public void create(String name, Path configuration, Path serverXml, Path application)
      throws IOException {
    Path directory = Directories.emptied(server(name));
    try (Stream<Path> files = Files.list(configuration)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        copy(file, directory.resolve(file.getFileName()));
      }
    }
    copy(serverXml, directory.resolve("server.xml"));
    copy(
        application,
        Files.createDirectories(directory.resolve("apps")).resolve(application.getFileName()));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }
}
