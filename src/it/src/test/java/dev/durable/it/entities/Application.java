package dev.durable.it.entities;

import dev.durable.it.archive.Engine;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The EAR of these tests: the engine and a WAR with entities and a table of its own. */
final class Application {

  private static final String PERSISTENCE =
      """
      <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
        <persistence-unit name="book" transaction-type="JTA">
          <jta-data-source>java:comp/DefaultDataSource</jta-data-source>
          <class>dev.durable.it.entities.Entry</class>
          <exclude-unlisted-classes>true</exclude-unlisted-classes>
          <shared-cache-mode>NONE</shared-cache-mode>
          <properties>
            <!-- in a bean's transaction PostgreSQL would not forgive the look for a table that is not there -->
            <property name="eclipselink.deploy-on-startup" value="true"/>
            <property name="eclipselink.ddl-generation" value="create-or-extend-tables"/>
            <property name="eclipselink.logging.level" value="SEVERE"/>
          </properties>
        </persistence-unit>
      </persistence>
      """;

  private Application() {}

  static EnterpriseArchive ear(Class<?> test) {
    WebArchive war =
        ShrinkWrap.create(WebArchive.class, "entities.war")
            .addPackage(Application.class.getPackage())
            .addAsResource(new StringAsset(PERSISTENCE), "META-INF/persistence.xml")
            .addAsLibrary(Engine.assertions());
    return Engine.ear(test.getSimpleName() + ".ear")
        .addAsLibrary(
            Engine.settings(
                """
                durable.polling-interval=100ms
                durable.task-hub=entities
                durable.entity.max-state-size=2048
                """))
        .addAsModule(Testable.archiveToTest(war));
  }
}
