package dev.durable.it.calls;

import dev.durable.it.archive.Engine;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The EAR of these tests: the engine and a WAR with functions, of which two are configured. */
final class Application {

  private static final String SETTINGS =
      """
      durable.polling-interval=100ms
      durable.activity.refuse.retry.max-attempts=3
      durable.activity.refuse.retry.first-interval=10ms
      durable.activity.linger-as-configured.timeout=300ms
      """;

  private Application() {}

  static EnterpriseArchive ear(Class<?> test) {
    WebArchive war =
        ShrinkWrap.create(WebArchive.class, "calls.war")
            .addPackage(Application.class.getPackage())
            .addAsLibrary(Engine.assertions());
    return Engine.ear(test.getSimpleName() + ".ear")
        .addAsLibrary(Engine.settings(SETTINGS))
        .addAsModule(Testable.archiveToTest(war));
  }
}
