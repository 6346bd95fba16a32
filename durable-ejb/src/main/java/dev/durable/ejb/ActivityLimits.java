package dev.durable.ejb;

import dev.durable.core.spi.FunctionRegistry;
import dev.durable.core.store.HubLimit;
import dev.durable.core.store.HubLimit.Rate;
import dev.durable.core.worker.ActivityLimit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What single activities may take, as configured. */
final class ActivityLimits {

  private ActivityLimits() {}

  /** Those that are limited, by their names; the reader keeps what is wrong. */
  static Map<String, ActivityLimit> read(SettingsReader reader, FunctionRegistry functions) {
    Map<String, ActivityLimit> limits = new HashMap<>();
    for (String name : functions.activityNames()) {
      Optional<Integer> here = number(reader, CallSetting.MAX_CONCURRENT, name);
      Optional<Integer> everywhere = number(reader, CallSetting.HUB_MAX_CONCURRENT, name);
      Optional<Rate> rate = reader.givenRate(CallSetting.HUB_RATE.of(FunctionKind.ACTIVITY, name));
      boolean inTheHub = everywhere.isPresent() || rate.isPresent();
      if (here.isPresent() || inTheHub) {
        limits.put(
            name,
            new ActivityLimit(
                here.orElse(null),
                inTheHub ? new HubLimit(everywhere.orElse(null), rate.orElse(null)) : null));
      }
    }
    return limits;
  }

  private static Optional<Integer> number(SettingsReader reader, CallSetting setting, String name) {
    return reader.givenNumber(setting.of(FunctionKind.ACTIVITY, name), 1, 100_000);
  }
}
