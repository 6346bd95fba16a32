package dev.durable.it.discovery;

import dev.durable.it.archive.Engine;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** One WAR that has everything among its libraries, the engine too. */
class FunctionsInASingleWarIT extends FunctionsOfThreeArchives {

  @Deployment
  static WebArchive war() {
    return with(Engine.war("functions-in-a-war.war"), FunctionsInASingleWarIT.class)
        .addAsLibraries(lib(), ejbJar());
  }
}
