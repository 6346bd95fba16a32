package dev.durable.it.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.DurableClient;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A sequence of activities runs on the thread of its orchestrator, mostly. */
@ExtendWith(ArquillianExtension.class)
class RequestContextIT {

  private static final List<Integer> EACH_FOR_THE_FIRST_TIME =
      Collections.nCopies(GuestFunctions.VISITS, 1);

  @Inject DurableClient durable;

  @Deployment
  static EnterpriseArchive ear() {
    return Application.ear(RequestContextIT.class);
  }

  private List<?> result(String id) {
    return durable.await(id, List.class, Duration.ofSeconds(60));
  }

  @Test
  void eachActivityHasARequestContextOfItsOwn() {
    assertThat(result(durable.start(GuestFunctions::meetGuests)))
        .hasToString(EACH_FOR_THE_FIRST_TIME.toString());
  }

  @Test
  void eachActivityHasOneOfItsOwnAlsoIfItsOrchestratorHasOne() {
    assertThat(result(durable.start(GuestFunctions::meetGuestsInARequest)))
        .hasToString(EACH_FOR_THE_FIRST_TIME.toString());
  }
}
