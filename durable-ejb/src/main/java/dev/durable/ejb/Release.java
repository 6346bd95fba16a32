package dev.durable.ejb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which release of the engine this is, as the build wrote it into the archive. */
final class Release {

  private static final String FILE = "/META-INF/durable/release.properties";

  private Release() {}

  /** Its version, such as {@code 1.0.0}. */
  static String version() {
    try (InputStream file = Release.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException("The archive of the engine has no " + FILE);
      }
      Properties properties = new Properties();
      properties.load(file);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }
}
