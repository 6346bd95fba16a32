package dev.durable.core.spi;

import dev.durable.core.spi.Versions.Match;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a node can run: its functions by their durable names. Nodes tell each other, so that work
 * goes to those that know it while an application is replaced node by node.
 *
 * @param orchestrators with the versions that are deployed; {@link #NO_VERSION} for none
 * @param activities by name
 * @param entities by name
 * @param match which version may run an instance that began with another one
 */
public record Capabilities(
    Map<String, Set<String>> orchestrators,
    Set<String> activities,
    Set<String> entities,
    Match match) {

  /** Stands for code without a version. */
  public static final String NO_VERSION = "";

  /** What is deployed here. */
  public static Capabilities of(FunctionRegistry functions, Versions versions) {
    Map<String, Set<String>> orchestrators = new TreeMap<>();
    for (String name : functions.orchestratorNames()) {
      orchestrators.put(
          name,
          functions.orchestrators(name).stream()
              .map(function -> text(function.version()))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    return new Capabilities(
        orchestrators,
        new TreeSet<>(functions.activityNames()),
        new TreeSet<>(functions.entityNames()),
        versions.match());
  }

  /** Whether it can run an instance that began with that version. */
  public boolean runsOrchestrator(String name, @Nullable String version) {
    Set<String> deployed = orchestrators.getOrDefault(name, Set.of());
    if (deployed.isEmpty()) {
      return false;
    }
    if (match == Match.NONE) {
      return true;
    }
    return match == Match.STRICT
        ? deployed.contains(text(version))
        : deployed.stream().anyMatch(known -> Versions.ORDER.compare(version(known), version) >= 0);
  }

  private static String text(@Nullable String version) {
    return version == null ? NO_VERSION : version;
  }

  private static @Nullable String version(String text) {
    return text.equals(NO_VERSION) ? null : text;
  }
}
