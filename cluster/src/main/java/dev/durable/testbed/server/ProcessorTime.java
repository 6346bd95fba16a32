package dev.durable.testbed.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What processes have used of the processors, exact to 10 ms for each process. */
public final class ProcessorTime {

  /** What Linux counts in, on all machines that Java runs on. */
  private static final Duration TICK = Duration.ofMillis(10);

  /** Behind the name of the program, which may contain blanks. */
  private static final int ENDED_CHILDREN_USER = 13;

  private static final int ENDED_CHILDREN_SYSTEM = 14;

  private ProcessorTime() {}

  /** Of one that runs; zero if it has ended. */
  public static Duration of(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Of PostgreSQL's processes; on Linux also of those that have ended, such as old sessions. */
  public static Duration of(PostgresDatabase database) throws IOException {
    List<ProcessHandle> processes = database.processes();
    return processes.stream()
        .map(ProcessorTime::of)
        .reduce(ofEndedChildren(processes.get(0)), Duration::plus);
  }

  private static Duration ofEndedChildren(ProcessHandle parent) throws IOException {
    Path file = Path.of("/proc", Long.toString(parent.pid()), "stat");
    return Files.isReadable(file) ? ofEndedChildren(Files.readString(file)) : Duration.ZERO;
  }

  /** Reads it from the content of {@code /proc/<pid>/stat}. */
  static Duration ofEndedChildren(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return TICK.multipliedBy(
        Long.parseLong(fields[ENDED_CHILDREN_USER])
            + Long.parseLong(fields[ENDED_CHILDREN_SYSTEM]));
  }
}
