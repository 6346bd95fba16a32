package dev.durable.core.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.durable.DurableEntity;
import dev.durable.EntityId;
import dev.durable.InitialState;
import dev.durable.function.EntityOperation;
import dev.durable.function.EntityOperationWithoutInput;
import dev.durable.function.EntityOperationWithoutInputAndResult;
import dev.durable.function.EntityOperationWithoutResult;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which operation a method reference means. */
class ResolvedOperationTest {

  static class Shelf {
    public List<String> items() {
      return List.of();
    }

    public void sort() {}
  }

  @DurableEntity("basket")
  static class Basket extends Shelf {
    @InitialState
    public void fill() {}

    public int put(String item) {
      return 1;
    }

    public void remove(String item) {}

    static int none(Basket basket) {
      return 0;
    }

    int hidden() {
      return 0;
    }

    @Override
    public String toString() {
      return "basket";
    }
  }

  private static final EntityId ID = new EntityId("basket", "1");

  @Test
  void allShapesAreUnderstoodAlsoOfTheClassesAbove() {
    EntityOperation<Basket, String, Integer> put = Basket::put;
    EntityOperationWithoutResult<Basket, String> remove = Basket::remove;
    EntityOperationWithoutInput<Basket, List<String>> items = Basket::items;
    EntityOperationWithoutInputAndResult<Basket> sort = Basket::sort;

    assertThat(ResolvedOperation.of(put, ID))
        .isEqualTo(new ResolvedOperation("basket", "put", int.class));
    assertThat(ResolvedOperation.of(remove, ID).name()).isEqualTo("remove");
    assertThat(ResolvedOperation.of(items, ID).resultType().getTypeName())
        .isEqualTo("java.util.List<java.lang.String>");
    assertThat(ResolvedOperation.of(sort, ID).entity()).isEqualTo("basket");
  }

  @Test
  void whatIsNoOperationIsRefused() {
    EntityOperationWithoutInput<Basket, Integer> isStatic = Basket::none;
    EntityOperationWithoutInput<Basket, Integer> isHidden = Basket::hidden;
    EntityOperationWithoutInput<Basket, String> isOfObject = Basket::toString;
    EntityOperationWithoutInputAndResult<Basket> isTheFirstState = Basket::fill;
    EntityOperationWithoutInputAndResult<Shelf> isNoEntity = Shelf::sort;
    for (var wrong : List.of(isStatic, isHidden, isOfObject)) {
      assertThatThrownBy(() -> ResolvedOperation.of(wrong, ID))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("An operation must be given as a reference to a public method");
    }
    assertThatThrownBy(() -> ResolvedOperation.of(isTheFirstState, ID))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ResolvedOperation.of(isNoEntity, ID))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("whose class is not annotated so");
  }

  @Test
  void operationsAreThePublicMethods() {
    assertThat(Arrays.stream(Basket.class.getMethods()).filter(EntityOperations::isOperation))
        .extracting("name")
        .containsExactlyInAnyOrder("put", "remove", "items", "sort");
  }
}
