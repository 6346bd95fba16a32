package dev.durable.testbed.fault;

import dev.durable.testbed.check.Ledgers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is written down outside of the database, in one directory. */
final class LedgerFiles {

  /** A line of an activity. */
  record Effect(String phase, String instanceId, String call, String nonce, String node, long at) {

    private static Effect parse(String line) {
      String[] parts = line.split("\t", -1);
      return new Effect(parts[0], parts[1], parts[2], parts[3], parts[4], Long.parseLong(parts[5]));
    }
  }

  private final Path directory;

  LedgerFiles(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  /** Where activities write. */
  Path effectsFile() {
    return directory.resolve(Ledgers.EFFECTS);
  }

  void start(String id, String outcome) {
    append(Ledgers.STARTS, id, outcome);
  }

  void event(String eventId, String id, String outcome, String sender, int number) {
    append(Ledgers.EVENTS, eventId, id, outcome, sender, Integer.toString(number));
  }

  void seen(String id, String reader, long number, String status, String output) {
    append(Ledgers.SEEN, id, reader, Long.toString(number), status, output);
  }

  private synchronized void append(String file, String... columns) {
    try {
      Files.writeString(
          directory.resolve(file),
          String.join("\t", columns) + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("The ledger cannot be written", e);
    }
  }

  List<Effect> effects() throws IOException {
    if (!Files.exists(effectsFile())) {
      return List.of();
    }
    return Files.readAllLines(effectsFile()).stream().map(Effect::parse).toList();
  }

  /** The activities that were begun more than once, with the lines of their beginnings. */
  Map<String, List<Effect>> begunTwice() throws IOException {
    Map<String, List<Effect>> begun = new HashMap<>();
    for (Effect effect : effects()) {
      if (effect.phase().equals("start")) {
        begun
            .computeIfAbsent(effect.instanceId() + " " + effect.call(), call -> new ArrayList<>())
            .add(effect);
      }
    }
    begun.values().removeIf(lines -> lines.size() < 2);
    return begun;
  }
}
