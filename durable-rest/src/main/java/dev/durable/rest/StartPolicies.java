package dev.durable.rest;

import dev.durable.StartPolicy;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How start policies are spelled on the wire: {@code replace-finished}. */
final class StartPolicies {

  private static final String PARAMETER = "ifExists";

  private StartPolicies() {}

  /** The one that is asked for, in any case; a finished instance is replaced if none is. */
  static StartPolicy of(Query query) {
    return query.text(PARAMETER).map(StartPolicies::parse).orElse(StartPolicy.REPLACE_FINISHED);
  }

  private static StartPolicy parse(String name) {
    return Arrays.stream(StartPolicy.values())
        .filter(policy -> of(policy).equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> Refusal.parameter(PARAMETER, name, all()));
  }

  private static String of(StartPolicy policy) {
    return policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String all() {
    return Arrays.stream(StartPolicy.values())
        .map(StartPolicies::of)
        .collect(Collectors.joining(", "));
  }
}
