package dev.durable.samples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.FailureDetails;
import dev.durable.PayloadException;
import dev.durable.core.replay.Decisions.Completed;
import dev.durable.core.replay.Decisions.Failed;
import dev.durable.core.replay.Decisions.Outcome;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderOrchestrationsTest {

  private static final String CHEAP = order("{\"sku\":\"tea\",\"quantity\":1}");
  private static final String NEEDS_APPROVAL =
      order("{\"sku\":\"tea\",\"quantity\":1},{\"sku\":\"cup\",\"quantity\":2}");

  private final Shop shop = new Shop();
  private final Rehearsal rehearsal = new Rehearsal(shop);

  @Test
  void anOrderIsReservedChargedAndShipped() {
    OrderResult result = completed(rehearsal.order(CHEAP));

    assertThat(result.outcome()).isEqualTo("SHIPPED");
    assertThat(shop.reserved).hasSize(1);
    assertThat(shop.charged).hasSize(1);
    assertThat(shop.shipped).containsExactly("order-1");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "{}",
        "{\"customer\":\"Ada\",\"card\":\"1\"}",
        "{\"customer\":\"Ada\",\"card\":\"1\",\"lines\":[]}",
        "{\"customer\":\"Ada\",\"lines\":[{\"sku\":\"tea\",\"quantity\":1}]}",
        "{\"card\":\"1\",\"lines\":[{\"sku\":\"tea\",\"quantity\":1}]}",
        "{\"customer\":\"Ada\",\"card\":\"1\",\"lines\":[{\"sku\":\"tea\",\"quantity\":1},null]}",
        "{\"customer\":\"Ada\",\"card\":\"1\",\"lines\":[{\"quantity\":1}]}",
        "{\"customer\":\"Ada\",\"card\":\"1\",\"lines\":[{\"sku\":\"tea\"}]}",
        "{\"customer\":\"Ada\",\"card\":\"1\",\"lines\":[{\"sku\":\"tea\",\"quantity\":0}]}",
        "{\"customer\":\"Ada\",\"card\":\"1\",\"lines\":[{\"sku\":\"tea\",\"quantity\":-5}]}"
      })
  void anOrderThatMakesNoSenseFailsBeforeAnythingIsDone(@Nullable String json) {
    FailureDetails failure = failed(rehearsal.order(json));

    assertThat(failure.type()).isEqualTo(InvalidOrderException.class.getName());
    assertThat(failure.message()).contains("allowed");
    assertNothingIsBooked();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 31_536_001, Long.MAX_VALUE})
  void anApprovalTimeoutOutOfRangeFailsBeforeAnythingIsDone(long seconds) {
    FailureDetails failure =
        failed(
            rehearsal.order(
                NEEDS_APPROVAL.replaceFirst(
                    "\\{", "{\"approvalTimeoutSeconds\":" + seconds + ",")));

    assertThat(failure.message()).contains("approvalTimeoutSeconds").contains("allowed");
    assertNothingIsBooked();
  }

  @Test
  void anOrderWithoutOneOfItsArticlesGivesTheOthersBack() {
    OrderResult result =
        completed(
            rehearsal.order(
                order("{\"sku\":\"tea\",\"quantity\":1},{\"sku\":\"gone\",\"quantity\":1}")));

    assertThat(result.outcome()).isEqualTo("OUT_OF_STOCK");
    assertNothingIsBooked();
  }

  @Test
  void aReservationThatFailsForAnotherReasonIsNotCalledOutOfStock() {
    shop.failing("reserve-stock", 1);

    FailureDetails failure = failed(rehearsal.order(NEEDS_APPROVAL));

    assertThat(failure.cause().message()).contains("lock");
    assertNothingIsBooked();
  }

  @Test
  void whatIsApprovedIsShipped() {
    rehearsal.approval("{\"approved\":true}").approval("{\"approved\":false}");

    assertThat(completed(rehearsal.order(NEEDS_APPROVAL)).outcome()).isEqualTo("SHIPPED");
    assertThat(shop.charged).hasSize(1);
    assertThat(shop.shipped).hasSize(1);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"null", "{}", "{\"approved\":false}"})
  void anAnswerThatIsNoYesRefusesTheOrder(@Nullable String answer) {
    rehearsal.approval(answer);

    OrderResult result = completed(rehearsal.order(NEEDS_APPROVAL));

    assertThat(result.outcome()).isEqualTo("REFUSED");
    assertThat(result.reason()).isEqualTo("refused");
    assertNothingIsBooked();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "\"yes\"", "{\"approved\":null}"})
  void anAnswerThatCannotBeReadFailsTheOrderAndGivesItsStockBack(String answer) {
    rehearsal.approval(answer);

    FailureDetails failure = failed(rehearsal.order(NEEDS_APPROVAL));

    assertThat(failure.type()).isEqualTo(PayloadException.class.getName());
    assertNothingIsBooked();
  }

  @Test
  void anOrderThatNobodyAnswersIsGivenUp() {
    assertThat(completed(rehearsal.order(NEEDS_APPROVAL)).outcome())
        .isEqualTo("APPROVAL_TIMED_OUT");
    assertNothingIsBooked();
  }

  @Test
  void aPaymentThatFailsForEverGivesTheStockBack() {
    shop.failing("charge", 5);

    assertThat(completed(rehearsal.order(CHEAP)).outcome()).isEqualTo("PAYMENT_FAILED");
    assertNothingIsBooked();
  }

  @Test
  void stockIsGivenBackAlsoIfTheDatabaseRefusesAtFirst() {
    shop.failing("release-stock", 3);
    rehearsal.approval("{\"approved\":false}");

    assertThat(completed(rehearsal.order(NEEDS_APPROVAL)).outcome()).isEqualTo("REFUSED");
    assertNothingIsBooked();
  }

  @Test
  void whatIsPaidIsShippedAlsoIfTheDatabaseRefusesAtFirst() {
    shop.failing("ship", 3);

    assertThat(completed(rehearsal.order(CHEAP)).outcome()).isEqualTo("SHIPPED");
    assertThat(shop.charged).hasSize(1);
    assertThat(shop.shipped).hasSize(1);
  }

  @Test
  void anOrderThatWasPaidIsNotPaidAgainWhenItsIdIsStartedAgain() {
    OrderResult first = completed(rehearsal.order(CHEAP));
    OrderResult second = completed(new Rehearsal(shop).order(CHEAP));

    assertThat(second.outcome()).isEqualTo("PAID_BEFORE");
    assertThat(second.paymentReference()).isEqualTo(first.paymentReference());
    assertThat(shop.reserved).hasSize(1);
    assertThat(shop.charged).hasSize(1);
    assertThat(shop.shipped).hasSize(1);
  }

  @Test
  void anOrderThatWasRefusedCanBeStartedAgain() {
    rehearsal.approval("{\"approved\":false}").order(NEEDS_APPROVAL);

    assertThat(completed(new Rehearsal(shop).order(CHEAP)).outcome()).isEqualTo("SHIPPED");
  }

  private void assertNothingIsBooked() {
    assertThat(shop.reserved).isEmpty();
    assertThat(shop.charged).isEmpty();
    assertThat(shop.shipped).isEmpty();
  }

  private static String order(String lines) {
    return "{\"customer\":\"Ada\",\"card\":\"1\",\"lines\":[" + lines + "]}";
  }

  private static OrderResult completed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Completed.class);
    String output = ((Completed) outcome).output();
    return (OrderResult)
        Objects.requireNonNull(Rehearsal.PAYLOADS.read(output, OrderResult.class, "the result"));
  }

  private static FailureDetails failed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Failed.class);
    return ((Failed) outcome).failure();
  }
}
