package dev.durable.it.lifecycle;

import dev.durable.it.archive.Engine;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The EAR of the tests that run in the server. */
final class Application {

  private Application() {}

  static EnterpriseArchive ear(Class<?> test) {
    WebArchive war =
        ShrinkWrap.create(WebArchive.class, "life-cycle.war")
            .addPackage(Application.class.getPackage())
            .addAsLibrary(Engine.assertions());
    return Engine.ear(test.getSimpleName() + ".ear")
        .addAsLibrary(
            Engine.settings(
                """
                durable.polling-interval=100ms
                durable.task-hub=life-cycle
                durable.max-concurrent-activities=1
                """))
        .addAsModule(Testable.archiveToTest(war));
  }
}
