package dev.durable.it.poison;

import dev.durable.it.archive.Engine;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The EAR of these tests: the engine, which begins work once, and a WAR with functions. */
final class Application {

  private static final String SETTINGS =
      """
      durable.polling-interval=100ms
      durable.max-attempts=1
      """;

  private Application() {}

  static EnterpriseArchive ear(Class<?> test) {
    WebArchive war =
        ShrinkWrap.create(WebArchive.class, "poison.war")
            .addPackage(Application.class.getPackage())
            .addAsLibrary(Engine.assertions());
    return Engine.ear(test.getSimpleName() + ".ear")
        .addAsLibrary(Engine.settings(SETTINGS))
        .addAsModule(Testable.archiveToTest(war));
  }
}
