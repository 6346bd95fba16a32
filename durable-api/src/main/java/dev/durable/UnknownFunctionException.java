package dev.durable;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** No function of that name is deployed here. */
public final class UnknownFunctionException extends DurableException {

  private static final long serialVersionUID = 1L;

  private final String name;

  @SuppressWarnings("serial") // List.copyOf gives a serializable list
  private final List<String> knownNames;

  /** For that kind ({@code orchestrator}, {@code activity}) and name, with the names there are. */
  public UnknownFunctionException(String kind, String name, Collection<String> knownNames) {
    super(
        "There is no "
            + kind
            + " named "
            + name
            + ". Known: "
            + (knownNames.isEmpty() ? "none" : String.join(", ", new TreeSet<>(knownNames)))
            + ".");
    this.name = name;
    this.knownNames = List.copyOf(new TreeSet<>(knownNames));
  }

  /** The name asked for. */
  public String name() {
    return name;
  }

  /** The names of that kind that are deployed, sorted. */
  public List<String> knownNames() {
    return knownNames;
  }
}
