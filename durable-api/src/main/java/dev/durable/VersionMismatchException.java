package dev.durable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The orchestrator is not deployed here in the version that is wanted: that of a start, or one that
 * may run the instance by {@code durable.version-match}.
 */
public final class VersionMismatchException extends DurableException {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 100;

  private final @Nullable String wantedVersion;
  private final ArrayList<@Nullable String> deployedVersions;

  /** For that orchestrator and the version wanted, with those deployed; null stands for none. */
  public VersionMismatchException(
      String name, @Nullable String wanted, List<? extends @Nullable String> deployed) {
    super(
        "The orchestrator "
            + name
            + " is wanted in version "
            + shown(wanted)
            + "; deployed here: "
            + deployed.stream()
                .map(VersionMismatchException::shown)
                .collect(Collectors.joining(", "))
            + ".");
    this.wantedVersion = wanted;
    this.deployedVersions = new ArrayList<>(deployed);
  }

  private static String shown(@Nullable String version) {
    return version == null ? "(none)" : plain(version);
  }

  /** What is wanted may be anything that somebody has typed. */
  private static String plain(String version) {
    StringBuilder text = new StringBuilder();
    version
        .codePoints()
        .limit(LONGEST)
        .forEach(c -> text.append(c > ' ' && c < 0x7F ? (char) c : '?'));
    return text.toString();
  }

  /** The version wanted; null for none. */
  public @Nullable String wantedVersion() {
    return wantedVersion;
  }

  /** Those deployed here, from old to new; null stands for one without version. */
  public List<@Nullable String> deployedVersions() {
    return new ArrayList<>(deployedVersions);
  }
}
