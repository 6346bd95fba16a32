package dev.durable.core.spi;

import dev.durable.UnknownFunctionException;
import dev.durable.VersionMismatchException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Versions of orchestrators: which code may run an instance that began with another version.
 *
 * @param match what fits
 * @param mismatch what happens to an instance that nothing fits
 */
public record Versions(Match match, Mismatch mismatch) {

  /** What fits. */
  public enum Match {
    /** The newest code runs every instance. */
    NONE,
    /** Only code of the very version runs an instance. */
    STRICT,
    /** Code of the very version, or else the oldest that is newer. */
    CURRENT_OR_OLDER
  }

  /** What happens to an instance that nothing fits. */
  public enum Mismatch {
    /** It is blocked until a node comes that can run it. */
    WAIT,
    /** It fails. */
    FAIL
  }

  /** Code of the very version, or else the oldest that is newer; what nothing fits waits. */
  public static Versions standard() {
    return new Versions(Match.CURRENT_OR_OLDER, Mismatch.WAIT);
  }

  /** From old to new, none first: part by part between dots, numbers by value and before words. */
  public static final Comparator<@Nullable String> ORDER = Comparator.nullsFirst(Versions::compare);

  private static int compare(String a, String b) {
    String[] as = a.split("\\.", -1);
    String[] bs = b.split("\\.", -1);
    for (int i = 0; i < Math.max(as.length, bs.length); i++) {
      if (i >= as.length || i >= bs.length) {
        return as.length - bs.length;
      }
      int order = comparePart(as[i], bs[i]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int comparePart(String a, String b) {
    boolean aNumber = isNumber(a);
    boolean bNumber = isNumber(b);
    if (aNumber && bNumber) {
      String x = a.replaceFirst("^0+(?=.)", "");
      String y = b.replaceFirst("^0+(?=.)", "");
      return x.length() != y.length() ? x.length() - y.length() : x.compareTo(y);
    }
    return aNumber != bNumber ? (aNumber ? -1 : 1) : a.compareTo(b);
  }

  private static boolean isNumber(String part) {
    return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The newest of them; empty if there is none. */
  public static Optional<OrchestratorFunction> newest(
      Collection<? extends OrchestratorFunction> deployed) {
    return deployed.stream()
        .<OrchestratorFunction>map(function -> function)
        .max(Comparator.comparing(OrchestratorFunction::version, ORDER));
  }

  /** The one of that very version. */
  public static Optional<OrchestratorFunction> exactly(
      @Nullable String version, Collection<? extends OrchestratorFunction> deployed) {
    return deployed.stream()
        .<OrchestratorFunction>map(function -> function)
        .filter(function -> Objects.equals(function.version(), version))
        .findFirst();
  }

  /**
   * The code for an instance that began with that version.
   *
   * @throws UnknownFunctionException if none of that name is deployed
   * @throws VersionMismatchException if none of those deployed fits
   */
  public OrchestratorFunction select(
      String name, @Nullable String version, FunctionRegistry functions) {
    List<OrchestratorFunction> deployed = functions.orchestrators(name);
    if (deployed.isEmpty()) {
      throw new UnknownFunctionException("orchestrator", name, functions.orchestratorNames());
    }
    Optional<OrchestratorFunction> fitting =
        match == Match.NONE ? newest(deployed) : exactly(version, deployed);
    if (fitting.isEmpty() && match == Match.CURRENT_OR_OLDER) {
      fitting =
          deployed.stream()
              .filter(function -> ORDER.compare(function.version(), version) >= 0)
              .min(Comparator.comparing(OrchestratorFunction::version, ORDER));
    }
    return fitting.orElseThrow(
        () ->
            new VersionMismatchException(
                name,
                version,
                deployed.stream().map(OrchestratorFunction::version).sorted(ORDER).toList()));
  }
}
