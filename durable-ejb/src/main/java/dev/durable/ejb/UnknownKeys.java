package dev.durable.ejb;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds keys that look like ours and are not: typing errors that would otherwise be silent. */
final class UnknownKeys {

  /** Keys that the server's configuration reads. MicroProfile Config shows them to us too. */
  static final Set<String> OF_SERVER =
      Set.of(
          "durable.admin.password",
          "durable.db",
          "durable.db.pool.size",
          "durable.derby.directory",
          "durable.http.host",
          "durable.http.port",
          "durable.pg.db",
          "durable.pg.host",
          "durable.pg.idle-transaction-timeout",
          "durable.pg.password",
          "durable.pg.port",
          "durable.pg.sslmode",
          "durable.pg.user");

  private UnknownKeys() {}

  /**
   * A sentence for each unknown one. Names are keys, or environment variables that stand for keys;
   * some servers show a variable in both forms, the second with a dot for every underscore.
   *
   * @param functions the keys of the functions that are deployed
   */
  static List<String> warnings(Iterable<String> names, Collection<ConfigKey> functions) {
    TreeSet<String> set = new TreeSet<>();
    names.forEach(set::add);
    TreeSet<String> known = new TreeSet<>(OF_SERVER);
    Arrays.stream(Setting.values()).map(Setting::key).forEach(known::add);
    functions.forEach(function -> known.add(function.key()));
    return set.stream()
        .filter(name -> isUnknown(name, known, set))
        .map(name -> warning(name, known))
        .toList();
  }

  private static boolean isUnknown(String name, Set<String> known, Set<String> names) {
    if (name.startsWith("DURABLE_")) {
      return known.stream().noneMatch(key -> inEnvironment(key).equals(name));
    }
    return name.startsWith("durable.")
        && !known.contains(name)
        && !names.contains(inEnvironment(name));
  }

  private static String warning(String name, Set<String> known) {
    boolean environment = name.startsWith("DURABLE_");
    Stream<String> candidates = known.stream().map(key -> environment ? inEnvironment(key) : key);
    String nearest =
        candidates.min(Comparator.comparingInt(key -> distance(name, key))).orElseThrow();
    return "The configuration sets "
        + name
        + ", which nothing reads. The nearest known name is "
        + nearest
        + ".";
  }

  /** The environment variable that stands for a key. */
  static String inEnvironment(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  /** How many characters must be added, removed or changed. */
  static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
