package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.DurableEntity;
import dev.durable.EntityContext;
import dev.durable.EntityId;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbProperty;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How the states of entities look as JSON, and what is read of it. */
class EntityStateTest {

  private static EntityState of(Class<?> type) {
    return new EntityState(type);
  }

  @SuppressWarnings("unchecked")
  private static <T> T roundTrip(T object) {
    EntityState state = of(object.getClass());
    return (T) Objects.requireNonNull(state.read(state.write(object)));
  }

  @DurableEntity
  public static class Counter {
    private int value;
    String label = "none";
    protected @Nullable String owner = "nobody";
    transient int notPartOfIt = 1;
    static int nor = 2;
    @Inject @Nullable EntityContext injected;

    public void add(int amount) {
      value += amount;
    }

    public int getValue() {
      return value + 1_000;
    }

    public void setValue(int to) {
      throw new IllegalStateException("a setter is no field");
    }
  }

  @Test
  void theStateIsWhatTheFieldsHoldWhateverTheirVisibilityAndGetters() {
    Counter counter = new Counter();
    counter.add(7);
    counter.notPartOfIt = 5;

    assertThat(of(Counter.class).write(counter))
        .isEqualTo("{\"label\":\"none\",\"owner\":\"nobody\",\"value\":7}");
    assertThat(roundTrip(counter).value).isEqualTo(7);
    assertThat(roundTrip(counter).notPartOfIt).isEqualTo(1);
  }

  @Test
  void whatAnOperationHasSetToNullIsNullAgainAndNotWhatTheConstructorSets() {
    Counter counter = new Counter();
    counter.owner = null;

    assertThat(roundTrip(counter).owner).isNull();
  }

  @Test
  void aPropertyThatIsMissingLeavesWhatTheConstructorSetsAndOneThatIsUnknownIsIgnored() {
    Counter counter = new Counter();
    of(Counter.class).read("{\"value\":3,\"colour\":{\"red\":[1]}}", counter);

    assertThat(counter.value).isEqualTo(3);
    assertThat(counter.label).isEqualTo("none");
    assertThat(counter.owner).isEqualTo("nobody");
  }

  @Test
  void whatIsInjectedAndTransientIsLeftAsItIs() {
    Counter counter = new Counter();
    EntityContext context = new InjectedEntityContext();
    counter.injected = context;
    counter.notPartOfIt = 9;

    of(Counter.class).read("{\"value\":3,\"injected\":{},\"notPartOfIt\":4}", counter);

    assertThat(counter.injected).isSameAs(context);
    assertThat(counter.notPartOfIt).isEqualTo(9);
  }

  /** As containers make them for interceptors. */
  static final class MadeByContainer extends Counter {
    final Object handler = new Object();
    final MadeByContainer self = this;

    @Override
    public void add(int amount) {
      super.add(2 * amount);
    }
  }

  @Test
  void ofAnObjectOfAClassThatTheContainerHasMadeOnlyTheEntitysOwnFieldsAreState() {
    MadeByContainer made = new MadeByContainer();
    made.add(2);

    assertThat(of(Counter.class).write(made))
        .isEqualTo("{\"label\":\"none\",\"owner\":\"nobody\",\"value\":4}");
    of(Counter.class).read("{\"value\":11}", made);
    assertThat(made.getValue()).isEqualTo(1_011);
  }

  abstract static class Audited {
    private int changes;

    public void changed() {
      changes++;
    }
  }

  @DurableEntity
  public static class Account extends Audited {
    private BigDecimal balance = BigDecimal.ZERO;
  }

  @Test
  void theFieldsOfTheClassesAboveArePartOfTheState() {
    Account account = new Account();
    account.changed();
    account.balance = new BigDecimal("12.30");

    assertThat(of(Account.class).write(account)).isEqualTo("{\"changes\":1,\"balance\":12.30}");
    assertThat(((Audited) roundTrip(account)).changes).isEqualTo(1);
    assertThat(roundTrip(account).balance).isEqualTo("12.30");
  }

  public enum Colour {
    RED,
    BLUE
  }

  public record Line(String sku, int count, @Nullable Colour colour) {}

  public static class Address {
    private @Nullable String street;

    public @Nullable String getStreet() {
      return street;
    }

    public void setStreet(@Nullable String street) {
      this.street = street;
    }
  }

  @DurableEntity
  public static class Everything {
    private List<Line> lines = new ArrayList<>();
    private Map<String, Line> bySku = new HashMap<>();
    private Map<String, EntityId> accounts = new HashMap<>();
    private @Nullable EntityId next;
    private Set<Colour> colours = Set.of();
    private @Nullable Colour colour;
    private @Nullable Address address;
    private @Nullable Instant at;
    private @Nullable LocalDate day;
    private @Nullable Duration patience;
    private Optional<String> maybe = Optional.empty();
    private Deque<String> queue = new ArrayDeque<>();
    private int[] numbers = {};
    private long big = Long.MAX_VALUE;
    private double small;
    private @Nullable Boolean decided;
    private Map<Colour, List<Instant>> times = new HashMap<>();
  }

  @Test
  void whatFieldsMayHoldIsReadTheSame() {
    Everything all = new Everything();
    all.lines.add(new Line("a", 2, Colour.RED));
    all.lines.add(new Line("b", 1, null));
    all.bySku.put("a", new Line("a", 2, Colour.BLUE));
    all.accounts.put("x", new EntityId("account", "a@b"));
    all.next = new EntityId("account", "4711");
    all.colours = Set.of(Colour.BLUE);
    all.colour = Colour.RED;
    all.address = new Address();
    all.address.setStreet("Hauptstraße \"1\"");
    all.at = Instant.parse("2026-01-01T00:00:00.123456789Z");
    all.day = LocalDate.parse("2026-01-01");
    all.patience = Duration.ofMillis(1_500);
    all.maybe = Optional.of("so");
    all.queue.add("first");
    all.queue.add("second");
    all.numbers = new int[] {3, 1};
    all.small = 0.1;
    all.decided = false;
    all.times.put(Colour.RED, List.of(Instant.EPOCH));

    Everything read = roundTrip(all);

    assertThat(read).usingRecursiveComparison().ignoringFields("address", "queue").isEqualTo(all);
    assertThat(Objects.requireNonNull(read.address).getStreet()).isEqualTo("Hauptstraße \"1\"");
    assertThat(read.queue).containsExactly("first", "second");
    assertThat(roundTrip(new Everything()))
        .usingRecursiveComparison()
        .ignoringFields("queue")
        .isEqualTo(new Everything());
  }

  @DurableEntity
  public static class Renamed {
    protected Renamed() {}

    @JsonbProperty("count")
    private int value = 3;
  }

  @Test
  void annotationsOfJsonbOnFieldsAreHeeded() {
    assertThat(of(Renamed.class).write(new Renamed())).isEqualTo("{\"count\":3}");
    Renamed renamed = new Renamed();
    of(Renamed.class).read("{\"count\":5}", renamed);
    assertThat(renamed.value).isEqualTo(5);
  }

  @Test
  void aTextThatDoesNotFitIsRefusedAndLeavesTheObjectAsItIs() {
    Counter counter = new Counter();
    counter.add(1);

    assertThatThrownBy(
            () -> of(Counter.class).read("{\"label\":\"x\",\"value\":\"many\"}", counter))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> of(Counter.class).read("null", counter))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> of(Counter.class).read("[]", counter))
        .isInstanceOf(RuntimeException.class);
    assertThat(counter.value).isEqualTo(1);
    assertThat(counter.label).isEqualTo("none");
  }
}
