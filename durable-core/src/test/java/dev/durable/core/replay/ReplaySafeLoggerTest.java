package dev.durable.core.replay;

import static dev.durable.core.testing.Histories.taskCompleted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.core.testing.Rehearsal;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplaySafeLoggerTest {

  private static final String NAME = "test.orchestrations";

  /** Kept here, because a logger that nobody refers to may be collected with its handlers. */
  private final Logger backend = Logger.getLogger(NAME);

  private final Lines lines = new Lines();

  private static final class Lines extends Handler {
    private final List<String> logged = new ArrayList<>();

    @Override
    public void publish(LogRecord line) {
      logged.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    backend.setUseParentHandlers(false);
    backend.addHandler(lines);
  }

  @AfterEach
  void stopListening() {
    backend.removeHandler(lines);
    backend.setUseParentHandlers(true);
  }

  @Test
  void eachLineIsLoggedOnceHoweverOftenTheCodeIsReplayed() {
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              System.Logger log = ctx.logger(NAME);
              log.log(Level.INFO, "begun");
              ctx.call("a", null, Void.class).await();
              log.log(Level.INFO, () -> "after a");
              ctx.call("b", null, Void.class).await();
              log.log(Level.WARNING, "after b", new IllegalStateException("shown"));
              return log.getName();
            });
    orchestration.start();
    orchestration.takes(taskCompleted(0, null));
    orchestration.takes(taskCompleted(1, null)).completesWith("\"" + NAME + "\"");

    assertThat(lines.logged).containsExactly("begun", "after a", "after b");
  }

  @Test
  void whatIsNotToBeLoggedIsNotLoggable() {
    List<Boolean> seen = new ArrayList<>();
    Rehearsal orchestration =
        Rehearsal.of(
            ctx -> {
              seen.add(ctx.logger(NAME).isLoggable(Level.INFO));
              seen.add(ctx.logger(NAME).isLoggable(Level.TRACE));
              return ctx.call("a", null, Void.class).await();
            });
    orchestration.parked(false).start();
    orchestration.takes(taskCompleted(0, null));

    assertThat(seen).containsExactly(true, false, false, false);
  }
}
