package dev.durable.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.durable.it.archive.Engine;
import dev.durable.it.lifecycle.desk.Desk;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Instances begin in one application and go on in another, over the same task hub. */
@RunAsClient
@ExtendWith(ArquillianExtension.class)
class RedeploymentIT {

  private static final String DEPLOYED = "parcels-deployed";
  private static final String CHANGED = "parcels-changed";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @ArquillianResource Deployer deployer;

  private final String id = UUID.randomUUID().toString();
  private @Nullable String application;

  @Deployment(name = DEPLOYED, managed = false, testable = false)
  static WebArchive deployed() {
    return war(DEPLOYED, dev.durable.it.lifecycle.deployed.Parcels.class);
  }

  @Deployment(name = CHANGED, managed = false, testable = false)
  static WebArchive changed() {
    return war(CHANGED, dev.durable.it.lifecycle.changed.Parcels.class);
  }

  private static WebArchive war(String name, Class<?> functions) {
    return Engine.war(name + ".war")
        .addPackage(functions.getPackage())
        .addPackage(Desk.class.getPackage())
        .addAsResource(
            new StringAsset("durable.polling-interval=100ms\ndurable.task-hub=redeployment\n"),
            "META-INF/microprofile-config.properties");
  }

  private void deploy(String next) {
    leaveNothingDeployed();
    deployer.deploy(next);
    application = next;
  }

  @AfterEach
  void leaveNothingDeployed() {
    if (application != null) {
      deployer.undeploy(application);
      application = null;
    }
  }

  private String ask(String path) throws IOException, InterruptedException {
    URI desk =
        URI.create(
            "http://localhost:%s/%s/desk/%s/%s"
                .formatted(System.getProperty("it.http.port"), application, path, id));
    return HTTP.send(HttpRequest.newBuilder(desk).build(), BodyHandlers.ofString()).body();
  }

  private String awaitAnswer(Predicate<String> wanted) {
    return await(id)
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> ask("look/at"), wanted);
  }

  private void begin(String orchestrator) throws Exception {
    deploy(DEPLOYED);
    ask("start/" + orchestrator);
    awaitAnswer("RUNNING \"waiting\""::equals);
  }

  private String blockedAfterTheChange() throws Exception {
    deploy(CHANGED);
    ask("say/go");
    return awaitAnswer(answer -> answer.startsWith("BLOCKED"));
  }

  private String endAfterTheReturnOfTheCode() {
    deploy(DEPLOYED);
    return awaitAnswer(answer -> answer.startsWith("COMPLETED"));
  }

  @Test
  void anInstanceOfAVersionThatIsNotDeployedIsBlockedUntilItIs() throws Exception {
    begin("versioned-parcel");

    assertThat(blockedAfterTheChange()).startsWith("BLOCKED dev.durable.VersionMismatchException");

    assertThat(endAfterTheReturnOfTheCode()).endsWith(" \"weighed, go, version 2\"");
  }

  @Test
  void anInstanceWhoseHistoryTheCodeDoesNotFitIsBlockedUntilItDoes() throws Exception {
    begin("drifting-parcel");

    assertThat(blockedAfterTheChange()).startsWith("BLOCKED dev.durable.NonDeterminismException");
    ask("resume/again");
    assertThat(awaitAnswer(answer -> answer.startsWith("BLOCKED"))).contains("NonDeterminism");

    assertThat(endAfterTheReturnOfTheCode()).endsWith(" \"weighed, go\"");
  }

  @Test
  void anInstanceWhoseOrchestratorIsGoneIsBlockedAndCanBeTerminatedByForce() throws Exception {
    begin("vanishing-parcel");

    assertThat(blockedAfterTheChange()).startsWith("BLOCKED dev.durable.UnknownFunctionException");

    assertThat(ask("terminate/lost")).startsWith("TERMINATED");
  }

  @Test
  void aPatchLeavesRunningInstancesOnTheirOldWayAndTakesNewOnesOnItsOwn() throws Exception {
    begin("patched-parcel");
    deploy(CHANGED);
    ask("say/go");
    assertThat(awaitAnswer(answer -> answer.startsWith("COMPLETED"))).contains("weighed, go");

    ask("start/patched-parcel");
    awaitAnswer("RUNNING \"waiting\""::equals);
    ask("say/on");
    assertThat(awaitAnswer(answer -> answer.startsWith("COMPLETED"))).contains("wrapped, on");
  }
}
