package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.Activity;
import dev.durable.DurableEntity;
import dev.durable.EntityContext;
import dev.durable.InitialState;
import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntityClassTest {

  private static List<String> operations(Class<?> type) {
    return new EntityClass(type)
        .operations().stream()
            .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
            .sorted()
            .toList();
  }

  /** The problems, without the class that each of them begins with. */
  private static List<String> problems(Class<?> type) {
    String where = "@DurableEntity class " + type.getName();
    List<String> problems = new EntityClass(type).problems();
    assertThat(problems).allSatisfy(problem -> assertThat(problem).startsWith(where));
    return problems.stream().map(problem -> problem.substring(where.length()).strip()).toList();
  }

  public abstract static class Base<T> {
    public void put(T value) {}

    public int get() {
      return 0;
    }

    public static void help() {}

    void inside() {}
  }

  @DurableEntity
  public static class Counter extends Base<Integer> {
    @Override
    public void put(Integer value) {}

    @Override
    public int get() {
      return 1;
    }

    public void add(List<String> values) {}

    protected void below() {}

    @InitialState
    public void begin() {}

    @PostConstruct
    public void made() {}

    @Inject
    public void use(EntityContext context) {}

    @Override
    public String toString() {
      return "";
    }
  }

  @Test
  void operationsAreThePublicMethodsOfTheClassAndOfThoseAboveEachOnce() {
    assertThat(operations(Counter.class))
        .containsExactly("Counter.add", "Counter.get", "Counter.put");
    assertThat(new EntityClass(Counter.class).initialStates())
        .extracting(Method::getName)
        .containsExactly("begin");
    assertThat(problems(Counter.class)).isEmpty();
  }

  abstract static class NotPublic {
    public void lifted() {}
  }

  @DurableEntity
  public static class Lifting extends NotPublic {}

  @Test
  void aMethodThatABridgeOnlyLiftsOutOfAClassThatIsNotPublicIsAnOperation() {
    assertThat(operations(Lifting.class)).containsExactly("NotPublic.lifted");
    assertThat(problems(Lifting.class)).isEmpty();
  }

  @DurableEntity("not a name")
  public static class Misnamed {}

  @DurableEntity
  public abstract static class Abstract {}

  @DurableEntity
  public interface Interface {}

  @DurableEntity
  public record Data(int value) {}

  @DurableEntity
  public enum Constant {
    ONE
  }

  @DurableEntity
  static class Hidden {}

  @DurableEntity
  public static class Closed {
    Closed() {}
  }

  @DurableEntity
  public static class Injected {
    public Injected() {}

    @Inject
    public Injected(EntityContext context) {}
  }

  @DurableEntity
  public class Inner {}

  @DurableEntity
  public static class Generic<T> {}

  @Test
  void whatObjectsCannotBeMadeOfIsRefused() {
    assertThat(problems(Misnamed.class))
        .singleElement()
        .asString()
        .contains("The name of an entity has 10 characters; allowed are 1 to 100 of A-Z a-z 0-9");
    String objects =
        ". Expected: a class of which objects can be made, and whose fields can be changed.";
    assertThat(problems(Abstract.class)).containsExactly("is abstract" + objects);
    assertThat(problems(Interface.class)).containsExactly("is an interface" + objects);
    assertThat(problems(Data.class)).containsExactly("is a record" + objects);
    assertThat(problems(Constant.class)).containsExactly("is an enum" + objects);
    assertThat(problems(Hidden.class))
        .containsExactly(
            "is not public. Expected: a public class, so that its state can be read.",
            "has no public or protected constructor without arguments. Expected: a constructor"
                + " without arguments, and what is injected in fields.");
    assertThat(problems(Closed.class))
        .singleElement()
        .asString()
        .startsWith("has no public or protected constructor without arguments");
    assertThat(problems(Inner.class)).hasSize(1);
    assertThat(problems(Injected.class))
        .singleElement()
        .asString()
        .startsWith("has an @Inject constructor with arguments");
    assertThat(problems(Generic.class))
        .singleElement()
        .asString()
        .startsWith("has type parameters");
  }

  @DurableEntity
  public static class Wrong {
    public void two(int a, int b) {}

    public void twice() {}

    public void twice(int times) {}

    public <T> void anything(T value) {}

    public <T> List<T> listOf() {
      return List.of();
    }

    @InitialState
    void first() {}

    @InitialState
    void second(int value) {}

    @Orchestrator
    public void orchestrate(OrchestrationContext context) {}

    @Activity
    void act() {}
  }

  @Test
  void whatOperationsCannotBeIsRefusedAllAtOnce() {
    assertThat(problems(Wrong.class))
        .containsExactlyInAnyOrder(
            "has 2 public methods twice. Expected: one, because its name is that of an operation.",
            "has the public method two with 2 arguments. Expected: one argument or none, because"
                + " public methods are operations.",
            "has the public method anything, which takes T, a type that is not known at run time."
                + " Expected: a type without type variables.",
            "has the public method listOf, which returns java.util.List<T>, a type that is not"
                + " known at run time. Expected: a type without type variables.",
            "has 2 @InitialState methods: first, second. Expected: one at most.",
            "has the @InitialState method second, which takes arguments. Expected: one of the object"
                + " that takes none; what it needs may be injected.",
            "has the @Activity method act. Expected: functions in beans of their own.",
            "has the @Orchestrator method orchestrate. Expected: functions in beans of their own.");
  }

  interface Shape {}

  public static class Above {
    protected int value;
  }

  @DurableEntity
  public static class Lossy extends Above {
    private int value;
    private final List<String> log = new ArrayList<>();
    private @Nullable Shape shape;
    private transient @Nullable Shape notState;
    private @Nullable Number number;
    private @Nullable Supplier<String> perhaps;
    private Shape[] shapes = {};
  }

  @Test
  void fieldsThatWouldSurelyBeLostAreRefused() {
    assertThat(problems(Lossy.class))
        .containsExactlyInAnyOrder(
            "has the field log, which is final, so that it cannot be read back. Expected: a field"
                + " that is not final, or transient if it is not part of the state.",
            "has the field shape of type "
                + Shape.class.getName()
                + ", of which JSON-B cannot make objects. Expected: a class, a JSON-B annotation"
                + " that says how it is read, or transient if it is not part of the state.",
            "has the field value (inherited from "
                + Above.class.getName()
                + "), of which there is another in "
                + Lossy.class.getName()
                + ". Expected: fields of different names, because both are part of the state.");
  }
}
