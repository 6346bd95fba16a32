package dev.durable.it.discovery;

import dev.durable.it.archive.Engine;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** An EAR with a library, an EJB jar and a WAR, as the product is delivered. */
class FunctionsInAnEarIT extends FunctionsOfThreeArchives {

  @Deployment
  static EnterpriseArchive ear() {
    WebArchive war =
        with(ShrinkWrap.create(WebArchive.class, "functions.war"), FunctionsInAnEarIT.class);
    return Engine.ear("functions-in-an-ear.ear")
        .addAsLibrary(lib())
        .addAsModule(ejbJar())
        .addAsModule(Testable.archiveToTest(war));
  }
}
