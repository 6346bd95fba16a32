package dev.durable.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstanceCopiesTest {

  @Test
  void aCopyHasItsOwnKeyAndIdAndOtherwiseWhatTheOriginalHas() {
    assertThat(
            InstanceCopies.insertion(
                "durable_instance",
                List.of("instance_key", "instance_id", "name"),
                "x-",
                2000,
                Map.of()))
        .isEqualTo(
            "insert into durable_instance (instance_key, instance_id, name)"
                + " select 2000 + g, 'x-' || g, c.name");
  }

  @Test
  void aChangeIsOfOneTable() {
    Map<String, String> changes = Map.of("durable_inbox.visible_at", "5 % g");

    assertThat(InstanceCopies.insertion("durable_inbox", List.of("visible_at"), "x-", 1, changes))
        .isEqualTo("insert into durable_inbox (visible_at) select 5 % g");
    assertThat(InstanceCopies.insertion("durable_other", List.of("visible_at"), "x-", 1, changes))
        .isEqualTo("insert into durable_other (visible_at) select c.visible_at");
  }
}
