package dev.durable.it.calls;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What activities have done, by instance, whatever became of it. */
@ApplicationScoped
public class Journal {

  private final Map<String, List<String>> lines = new ConcurrentHashMap<>();

  void note(String instanceId, String line) {
    lines.computeIfAbsent(instanceId, id -> new CopyOnWriteArrayList<>()).add(line);
  }

  List<String> of(String instanceId) {
    return List.copyOf(lines.getOrDefault(instanceId, List.of()));
  }
}
