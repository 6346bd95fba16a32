package dev.durable.jpa;

import dev.durable.Priority;
import dev.durable.RetryPolicy;
import dev.durable.core.history.CallDetails;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt knows of its call, in the details of an event. What is the same as for the only
 * attempt of a plain call is left out, so that plain calls have no details at all.
 */
final class CallCodec {

  private CallCodec() {}

  static JsonObjectBuilder write(JsonObjectBuilder details, CallDetails call, int taskId) {
    if (call.callId() != taskId) {
      details.add("callId", call.callId());
    }
    if (call.attempt() != 1) {
      details.add("attempt", call.attempt());
    }
    if (call.retry() != null) {
      details.add("retry", policy(call.retry()));
    }
    millis(details, "timeout", call.timeout());
    if (call.priority() != Priority.NORMAL) {
      details.add("priority", call.priority().name());
    }
    return Json.with(details, "progress", call.progress());
  }

  static CallDetails read(JsonObject details, int taskId) {
    return new CallDetails(
        details.getInt("callId", taskId),
        details.getInt("attempt", 1),
        details.containsKey("retry") ? policy(details.getJsonObject("retry")) : null,
        duration(details, "timeout"),
        Json.text(details, "progress"),
        Priority.valueOf(details.getString("priority", Priority.NORMAL.name())));
  }

  private static JsonObject policy(RetryPolicy policy) {
    JsonObjectBuilder object =
        Json.object()
            .add("maxAttempts", policy.maxAttempts())
            .add("firstInterval", policy.firstInterval().toMillis())
            .add("backoffCoefficient", policy.backoffCoefficient())
            .add("maxInterval", policy.maxInterval().toMillis());
    millis(object, "retryTimeout", policy.retryTimeout());
    if (policy.jitter() != 0) {
      object.add("jitter", policy.jitter());
    }
    if (!policy.nonRetriable().isEmpty()) {
      object.add(
          "nonRetriable",
          jakarta.json.Json.createArrayBuilder(policy.nonRetriable().stream().sorted().toList()));
    }
    return object.build();
  }

  private static RetryPolicy policy(JsonObject object) {
    RetryPolicy policy =
        RetryPolicy.fixed(
                object.getInt("maxAttempts"),
                Duration.ofMillis(object.getJsonNumber("firstInterval").longValueExact()))
            .withBackoffCoefficient(object.getJsonNumber("backoffCoefficient").doubleValue())
            .withMaxInterval(
                Duration.ofMillis(object.getJsonNumber("maxInterval").longValueExact()))
            .withRetryTimeout(duration(object, "retryTimeout"));
    if (object.containsKey("jitter")) {
      policy = policy.withJitter(object.getJsonNumber("jitter").doubleValue());
    }
    return object.containsKey("nonRetriable")
        ? policy.withNonRetriable(
            new HashSet<>(object.getJsonArray("nonRetriable").getValuesAs(JsonString::getString)))
        : policy;
  }

  /**
   * In whole milliseconds, at least one, as no time is none at all; a time that has more of them
   * than a number holds is as good as that.
   */
  private static void millis(JsonObjectBuilder object, String name, @Nullable Duration duration) {
    if (duration != null) {
      boolean holds = duration.compareTo(Duration.ofMillis(Long.MAX_VALUE)) <= 0;
      object.add(name, holds ? Math.max(1, duration.toMillis()) : Long.MAX_VALUE);
    }
  }

  private static @Nullable Duration duration(JsonObject object, String name) {
    return object.containsKey(name)
        ? Duration.ofMillis(object.getJsonNumber(name).longValueExact())
        : null;
  }
}
