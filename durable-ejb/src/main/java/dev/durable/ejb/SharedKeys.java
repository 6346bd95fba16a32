package dev.durable.ejb;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds names in the configuration that stand for more than one key. Functions name their keys, so
 * it takes odd ones: {@code a-b} and {@code a.b} share their environment variables, {@code a} and
 * {@code a.retry} the key {@code durable.activity.a.retry.timeout}.
 */
final class SharedKeys {

  private SharedKeys() {}

  /** A sentence for each such name that is set. */
  static List<String> problems(Iterable<String> names, Collection<ConfigKey> functions) {
    Set<String> set = new HashSet<>();
    names.forEach(set::add);
    List<String> keys =
        Stream.concat(Arrays.stream(Setting.values()), functions.stream())
            .map(ConfigKey::key)
            .toList();
    Map<String, List<String>> meanings =
        new TreeMap<>(keys.stream().collect(Collectors.groupingBy(key -> key)));
    meanings.putAll(keys.stream().collect(Collectors.groupingBy(UnknownKeys::inEnvironment)));
    return meanings.entrySet().stream()
        .filter(meaning -> meaning.getValue().size() > 1 && set.contains(meaning.getKey()))
        .map(meaning -> problem(meaning.getKey(), meaning.getValue()))
        .toList();
  }

  private static String problem(String name, List<String> keys) {
    Set<String> different = new TreeSet<>(keys);
    return name
        + (different.size() == 1
            ? " is read for two functions; allowed: one of them, under another name"
            : " stands for "
                + String.join(" and for ", different)
                + "; allowed: each of them by its own name, as a system property or a variable of"
                + " the server");
  }
}
