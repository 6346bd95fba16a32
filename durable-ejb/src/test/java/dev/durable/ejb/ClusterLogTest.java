package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.cluster.WatchdogReport;
import dev.durable.cluster.WatchdogReport.Orphan;
import dev.durable.cluster.WatchdogReport.Overdue;
import dev.durable.core.store.FunctionKey;
import dev.durable.core.store.InstanceKind;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClusterLogTest {

  private final class Lines implements System.Logger {

    @Override
    public String getName() {
      return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String text, @Nullable Throwable thrown) {
      lines.add(level + " " + text);
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... values) {
      lines.add(level + " " + MessageFormat.format(format, values));
    }
  }

  private final List<String> lines = new ArrayList<>();
  private final ClusterLog log = new ClusterLog(new Lines());

  private static WatchdogReport report(List<Overdue> overdue, List<Orphan> orphans) {
    return new WatchdogReport(Instant.EPOCH, overdue, orphans);
  }

  @Test
  void whatIsLeftToOthersIsToldWithItsVersionAndANodeThatHasIt() {
    log.leftToOthers(new FunctionKey(InstanceKind.ORCHESTRATION, "order", "2"), "node-b");
    log.activityLeftToOthers("charge", "node-b");

    assertThat(lines.get(0)).startsWith("INFO DUR-6001: Instances of order, version 2 are left");
    assertThat(lines.get(1))
        .startsWith("INFO DUR-6002: Activity charge is left")
        .contains("node-b");
  }

  @Test
  void drainingAndItsEndAreTold() {
    log.nodeDraining(true);
    log.nodeDraining(false);

    assertThat(lines.get(0)).startsWith("INFO DUR-6003");
    assertThat(lines.get(1)).startsWith("INFO DUR-6004");
  }

  @Test
  void overdueWorkIsToldWithTheReason() {
    List<Overdue> overdue =
        List.of(
            new Overdue("order-1", "charge", true, Instant.EPOCH, false),
            new Overdue("order-2", "order", false, Instant.EPOCH, true));
    log.watchdogFound(report(overdue, List.of()), report(overdue, List.of()));

    assertThat(lines.get(0))
        .startsWith("WARNING DUR-6006: An activity of order-1 (charge)")
        .contains("no node that lives has that function");
    assertThat(lines.get(1))
        .startsWith("WARNING DUR-6006: An episode of order-2 (order)")
        .contains("more work than the nodes can do");
  }

  @Test
  void whatWasFoundBeforeIsNotToldAgain() {
    List<Orphan> orphans = List.of(new Orphan("child", "parent"));
    log.watchdogFound(report(List.of(), orphans), report(List.of(), List.of()));

    assertThat(lines).isEmpty();
  }

  @Test
  void ofManyFindingsAFewAreToldAndTheRestIsCounted() {
    List<Orphan> orphans = Collections.nCopies(8, new Orphan("child", "parent"));
    log.watchdogFound(report(List.of(), orphans), report(List.of(), orphans));

    assertThat(lines).hasSize(6);
    assertThat(lines.get(5)).startsWith("WARNING DUR-6008: The watchdog has found 3 more");
  }
}
