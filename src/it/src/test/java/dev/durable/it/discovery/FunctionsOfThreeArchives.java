package dev.durable.it.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.DurableClient;
import dev.durable.EntityId;
import dev.durable.EntityStatus;
import dev.durable.it.archive.Engine;
import dev.durable.it.discovery.ejb.EjbFunctions;
import dev.durable.it.discovery.lib.LibFunctions;
import dev.durable.it.discovery.lib.LibGuestBook;
import dev.durable.it.discovery.war.WarFunctions;
import dev.durable.it.discovery.war.WarGuestBook;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds for an application of three archives, however they are packed. Runs in the server. */
@ExtendWith(ArquillianExtension.class)
abstract class FunctionsOfThreeArchives {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject DurableClient durable;

  static JavaArchive lib() {
    return ShrinkWrap.create(JavaArchive.class, "functions-lib.jar")
        .addPackage(LibFunctions.class.getPackage());
  }

  static JavaArchive ejbJar() {
    return ShrinkWrap.create(JavaArchive.class, "functions-ejb.jar")
        .addPackage(EjbFunctions.class.getPackage());
  }

  /** Adds what the WAR has, its functions and the tests. */
  static WebArchive with(WebArchive war, Class<?> test) {
    return war.addPackage(WarFunctions.class.getPackage())
        .addClasses(FunctionsOfThreeArchives.class, test)
        .addAsLibrary(Engine.assertions());
  }

  @Test
  void theFunctionsOfAllArchivesAreDeployed() {
    assertThat(durable.orchestrators())
        .containsExactlyInAnyOrder(
            "in-lib", "in-lib-loading-in-war", "in-ejb", "in-war", "tell-threads");
  }

  @Test
  void anOrchestratorInALibraryCallsItsOwnActivityAndASessionBeanOfTheEjbJar() {
    assertThat(result("in-lib", "Ann")).isEqualTo("Ann, lib, ejb");
  }

  @Test
  void anOrchestratorInAnEjbJarCallsItsOwnActivityAndOneOfTheWar() {
    assertThat(result("in-ejb", "Ben")).isEqualTo("Ben, ejb, war");
  }

  @Test
  void anOrchestratorInAWarCallsItsOwnActivityAndOneOfTheLibrary() {
    assertThat(result("in-war", "Cem")).isEqualTo("Cem, war, lib");
  }

  @Test
  void anOrchestratorIsStartedByAReferenceToItsMethod() {
    String id = durable.start(WarFunctions::visit, "Dot");

    assertThat(durable.await(id, String.class, PATIENCE)).isEqualTo("Dot, war, lib");
  }

  @Test
  void anActivityRunsWithTheClassLoaderOfItsOwnArchive() {
    assertThat(result("in-lib-loading-in-war", null)).isEqualTo("WarFunctions");
  }

  @Test
  void userCodeRunsOnVirtualThreadsWhereThereAreAny() {
    String kind = Runtime.version().feature() >= 21 ? "virtual" : "platform";

    assertThat(result("tell-threads", null)).isEqualTo(kind + " and " + kind);
  }

  @Test
  void theEntitiesOfAllArchivesAreDeployedAndRunWithTheClassLoaderOfTheirs() {
    assertThat(durable.entities())
        .containsExactly("guests-of-ejb", "guests-of-lib", "guests-of-war");

    String key = UUID.randomUUID().toString();
    durable.signalEntity(EntityId.of(LibGuestBook.class, key), LibGuestBook::visit, "Eva");
    durable.signalEntity(EntityId.of(WarGuestBook.class, key), WarGuestBook::visit, "Flo");
    EntityId inEjb = new EntityId("guests-of-ejb", key);
    durable.signalEntity(inEjb, "visit", "Gil");

    assertThat(seen(EntityId.of(LibGuestBook.class, key))).contains("Eva at guests-of-lib@" + key);
    assertThat(seen(EntityId.of(WarGuestBook.class, key))).contains("Flo at guests-of-war@" + key);
    assertThat(seen(inEjb)).contains("Gil at guests-of-ejb@" + key);
  }

  /** The state, once there is one. */
  private String seen(EntityId entity) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<EntityStatus> status = durable.entityStatus(entity);
      String state = status.map(EntityStatus::state).orElse(null);
      if (state != null) {
        assertThat(state).doesNotContain(" with ");
        return state;
      }
      assertThat(System.nanoTime()).as("in time: %s", status).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private String result(String orchestrator, @Nullable String visitor) {
    return durable.await(durable.start(orchestrator, visitor), String.class, PATIENCE);
  }
}
