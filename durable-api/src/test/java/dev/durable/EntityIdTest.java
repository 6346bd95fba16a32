package dev.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an entity's id may be, and how it is written. */
class EntityIdTest {

  @DurableEntity("account")
  private static final class Account {}

  @DurableEntity
  private static final class Unnamed {}

  @Test
  void itIsWrittenAsNameAtKeyAndReadAgain() {
    EntityId id = new EntityId("account", "a@b:1");

    assertThat(id).hasToString("account@a@b:1");
    assertThat(EntityId.parse("account@a@b:1")).isEqualTo(id);
  }

  @Test
  void theNameIsThatOfTheAnnotationOrOfTheClass() {
    assertThat(EntityId.of(Account.class, "1")).isEqualTo(new EntityId("account", "1"));
    assertThat(EntityId.of(Unnamed.class, "1").name()).isEqualTo("Unnamed");
    assertThatThrownBy(() -> EntityId.of(String.class, "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.String is no entity");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "account",
        "@key",
        "account@",
        "a b@1",
        "account@a/b",
        "account@.",
        "account@..",
        ".@key"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> EntityId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesAndKeysAreAsLongAsTheirColumnAllows() {
    EntityId longest = new EntityId("n".repeat(100), "k".repeat(98));
    assertThat("@" + longest).hasSize(200);
    assertThatThrownBy(() -> new EntityId("n".repeat(101), "k"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new EntityId("n", "k".repeat(99)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theyAreOrderedByNameAndThenByKey() {
    assertThat(EntityId.parse("a@z")).isLessThan(EntityId.parse("a-b@a"));
    assertThat(EntityId.parse("a@a")).isLessThan(EntityId.parse("a@b"));
  }
}
