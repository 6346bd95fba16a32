package dev.durable.it.archive;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ArchivePath;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.Node;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The engine's jars, as they lie in the packed EAR, in an application of the test's. The EAR's own
 * modules, the HTTP API and the sample, are left out: each deployment costs seconds.
 */
public final class Engine {

  private Engine() {}

  /** An EAR that has them where the packed one has them. Every WAR in it is a module. */
  public static EnterpriseArchive ear(String name) {
    EnterpriseArchive ear = ShrinkWrap.create(EnterpriseArchive.class, name);
    jars().forEach((path, jar) -> ear.add(jar.getAsset(), path));
    return ear;
  }

  /** A WAR that has them among its libraries. */
  public static WebArchive war(String name) {
    WebArchive war = ShrinkWrap.create(WebArchive.class, name);
    jars().forEach((path, jar) -> war.addAsLibrary(jar.getAsset(), fileName(path)));
    return war;
  }

  private static Map<ArchivePath, Node> jars() {
    Map<ArchivePath, Node> jars =
        ShrinkWrap.create(ZipImporter.class, "durable.ear")
            .importFrom(new File(System.getProperty("durable.ear")))
            .as(EnterpriseArchive.class)
            .getContent(Filters.include("/lib/.*\\.jar|/durable-ejb\\.jar"));
    if (jars.size() < 4) {
      throw new IllegalStateException("The packed EAR has only " + jars.keySet());
    }
    return jars;
  }

  private static String fileName(ArchivePath path) {
    return path.get().substring(path.get().lastIndexOf('/') + 1);
  }

  /** A library with configuration, where an EAR's engine reads it. */
  public static JavaArchive settings(String properties) {
    return ShrinkWrap.create(JavaArchive.class, "settings.jar")
        .addAsResource(new StringAsset(properties), "META-INF/microprofile-config.properties");
  }

  /** What tests that run in the server say what they expect with. */
  public static File assertions() {
    URL location = Assertions.class.getProtectionDomain().getCodeSource().getLocation();
    return Path.of(URI.create(location.toString())).toFile();
  }
}
