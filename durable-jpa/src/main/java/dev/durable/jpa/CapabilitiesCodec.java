package dev.durable.jpa;

import dev.durable.core.spi.Capabilities;
import dev.durable.core.spi.Versions.Match;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a node can run, in a column that nodes of other releases read. */
final class CapabilitiesCodec {

  private static final Logger LOG = System.getLogger("dev.durable.jpa");

  private static final Capabilities NONE =
      new Capabilities(Map.of(), Set.of(), Set.of(), Match.STRICT);

  private CapabilitiesCodec() {}

  static String write(Capabilities known) {
    JsonObjectBuilder orchestrators = Json.object();
    known
        .orchestrators()
        .forEach(
            (name, versions) ->
                orchestrators.add(name, jakarta.json.Json.createArrayBuilder(versions)));
    return Json.object()
        .add("orchestrators", orchestrators)
        .add("activities", jakarta.json.Json.createArrayBuilder(known.activities()))
        .add("entities", jakarta.json.Json.createArrayBuilder(known.entities()))
        .add("match", known.match().name())
        .build()
        .toString();
  }

  /** Of a node whose words are not understood, nothing is expected. */
  static Capabilities read(String text, String node) {
    try {
      JsonObject object = Json.parse(text);
      JsonObject orchestrators = object.getJsonObject("orchestrators");
      Map<String, Set<String>> versions = new TreeMap<>();
      orchestrators.keySet().forEach(name -> versions.put(name, texts(orchestrators, name)));
      return new Capabilities(
          versions,
          texts(object, "activities"),
          texts(object, "entities"),
          Match.valueOf(object.getString("match")));
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "DUR-3003: What node {0} can run cannot be read; others do not leave work to it. {1}",
          node,
          e);
      return NONE;
    }
  }

  private static Set<String> texts(JsonObject object, String name) {
    return new TreeSet<>(object.getJsonArray(name).getValuesAs(JsonString::getString));
  }
}
