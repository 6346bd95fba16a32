package dev.durable.it.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.it.archive.Engine;
import dev.durable.it.discovery.refused.Payments;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@RunAsClient
@ExtendWith(ArquillianExtension.class)
class RefusedFunctionsIT {

  private static final String PACKAGE = Payments.class.getPackageName();

  private static final Path MESSAGES =
      Path.of(
          System.getProperty("wlp.usr"),
          "servers",
          System.getProperty("it.server"),
          "logs/messages.log");

  @ArquillianResource Deployer deployer;

  @Deployment(name = "refused-functions", managed = false, testable = false)
  static WebArchive war() {
    return Engine.war("refused-functions.war").addPackage(Payments.class.getPackage());
  }

  @Test
  void wrongFunctionsAndEntitiesFailTheDeploymentAndAreAllNamedWithTheirClassesAndMethods()
      throws Exception {
    assertThatThrownBy(() -> deployer.deploy("refused-functions"))
        .hasMessageContaining("Functions of the application cannot be deployed");

    assertThat(Files.readString(MESSAGES))
        .contains(
            "CWWKZ0002E: An exception occurred while starting the application refused-functions.",
            " - The name of activity charge is used by "
                + (PACKAGE + ".Invoices.charge and ")
                + (PACKAGE + ".Payments.charge. Expected: "),
            " - Version 2 of orchestrator bill is used by "
                + (PACKAGE + ".Invoices.bill and ")
                + (PACKAGE + ".Payments.billAndCharge. Expected: "),
            " - @Orchestrator method "
                + (PACKAGE + ".Payments.refund: The version \"2 beta\" is not valid"),
            " - @Orchestrator method "
                + PACKAGE
                + ".Payments.book runs in a transaction. Expected: ",
            " - @Activity method " + PACKAGE + ".Invoices.send takes (String, String). Expected: ",
            " - @Orchestrator method " + PACKAGE + ".Payments.pay takes (String). Expected: ",
            " - The name of entity ledger is used by "
                + (PACKAGE + ".Journal and ")
                + (PACKAGE + ".Ledger. Expected: "),
            " - @DurableEntity class " + PACKAGE + ".Journal is a session bean. Expected: ",
            " - @DurableEntity class " + PACKAGE + ".Ledger has the scope @ApplicationScoped. Exp",
            " - @DurableEntity class " + PACKAGE + ".Ledger has the field lines, which is final",
            " - @DurableEntity class "
                + (PACKAGE + ".Ledger has the public method write with 2 arguments. Expected: "),
            " - @DurableEntity class " + PACKAGE + ".Page is a record. Expected: ",
            " - @DurableEntity class " + PACKAGE + ".Draft is abstract. Expected: ");
  }
}
