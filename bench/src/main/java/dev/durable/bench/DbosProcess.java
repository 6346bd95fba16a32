package dev.durable.bench;

import dev.durable.testbed.server.Directories;
import dev.durable.testbed.server.Ports;
import dev.durable.testbed.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The program that runs DBOS, on the same Java and with the same options as our server. */
final class DbosProcess {

  static final String DATABASE = "dbos";

  private DbosProcess() {}

  /**
   * Starts it; returns before it is ready.
   *
   * @param url of an empty database
   * @param directory what it writes to its console goes there
   * @param queued whether it puts tasks that go on at once into a queue
   */
  static ServerProcess start(String url, Path directory, boolean queued) throws IOException {
    int port = Ports.free();
    Path console = Directories.emptied(directory).resolve("console.log");
    ProcessBuilder builder =
        new ProcessBuilder(command(System.getenv(), port, url, queued))
            .directory(directory.toFile());
    return ServerProcess.start(builder, port, console);
  }

  static List<String> command(
      Map<String, String> environment, int port, String url, boolean queued) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Our server's script takes these as well.
    Arrays.stream(environment.getOrDefault("JVM_ARGS", "").split("\\s+"))
        .filter(option -> !option.isEmpty())
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Dport=" + port,
            "-Durl=" + url,
            "-Duser=" + DATABASE,
            "-Dpassword=" + DATABASE,
            "-Dqueue=" + queued,
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-classpath",
            System.getProperty("java.class.path"),
            "dev.durable.bench.dbos.DbosServer"));
    return command;
  }
}
