package dev.durable.it.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.it.server.LibertyServer;
import dev.durable.it.server.ManagementApi;
import dev.durable.it.server.Reply;
import dev.durable.it.server.SharedServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServer.class)
final class OrderJourneyIT {

  private final ManagementApi api;
  private final String id = "order-" + UUID.randomUUID();

  OrderJourneyIT(LibertyServer server) {
    this.api = server.api();
  }

  @Test
  void anAcceptedOrderIsShipped() throws Exception {
    Reply started = api.order(id, Orders.ACCEPTED);
    assertThat(started.status()).isEqualTo(202);
    assertThat(started.header("Location")).endsWith("/durable/api/v1/instances/" + id);
    assertThat(started.header("Retry-After")).matches("[0-9]+");
    assertThat(started.json().getString("statusQueryGetUri")).isEqualTo(started.header("Location"));

    JsonObject end = api.awaitEnd(id);
    Orders.assertCompleted(end, "SHIPPED");
    assertThat(end.getJsonObject("output").getJsonNumber("total").doubleValue()).isEqualTo(146.0);
    assertThat(end.getString("name")).isEqualTo("fulfil-order");
    assertThat(end.getJsonObject("input").getString("customer")).isEqualTo("Ada");
    assertThat(api.api("/instances/" + id).status()).isEqualTo(200);
  }

  @Test
  void aBigOrderWaitsForItsApproval() throws Exception {
    api.order(id, Orders.NEEDS_APPROVAL);
    awaitStatus("waiting for approval");
    Reply waiting = api.api("/instances/" + id);
    assertThat(waiting.status()).isEqualTo(202);
    assertThat(waiting.json().getString("runtimeStatus")).isEqualTo("Running");

    assertThat(api.post("/instances/" + id + "/raiseEvent/approval", Orders.YES).status())
        .isEqualTo(202);
    Orders.assertCompleted(api.awaitEnd(id), "SHIPPED");
  }

  @Test
  void anApprovalThatComesBeforeTheOrderAsksForItIsKept() throws Exception {
    api.order(id, Orders.NEEDS_APPROVAL);
    assertThat(api.post("/instances/" + id + "/raiseEvent/approval", Orders.YES).status())
        .isEqualTo(202);
    Orders.assertCompleted(api.awaitEnd(id), "SHIPPED");
  }

  @Test
  void aRefusedOrderGivesItsStockBack() throws Exception {
    api.order(id, Orders.NEEDS_APPROVAL);
    awaitStatus("waiting for approval");
    api.post("/instances/" + id + "/raiseEvent/approval", Orders.NO);
    JsonObject end = api.awaitEnd(id);
    Orders.assertCompleted(end, "REFUSED");
    assertThat(end.getJsonObject("output").getString("reason")).isEqualTo("refused by Margaret");
  }

  @Test
  void anOrderThatNobodyApprovesIsGivenUp() throws Exception {
    String impatient =
        Files.readString(Orders.NEEDS_APPROVAL)
            .replaceFirst("\\{", "{\"approvalTimeoutSeconds\": 1,");
    assertThat(start(impatient).status()).isEqualTo(202);
    Orders.assertCompleted(api.awaitEnd(id), "APPROVAL_TIMED_OUT");
  }

  @Test
  void aPaymentThatFailsAtFirstIsTriedAgain() throws Exception {
    api.order(id, Orders.RECOVERING_PAYMENT);
    Orders.assertCompleted(api.awaitEnd(id), "SHIPPED");
    Reply history = api.api("/instances/" + id + "?showHistory=true");
    assertThat(history.body())
        .contains("the payment service does not answer (attempt 1)")
        .contains("the payment service does not answer (attempt 2)")
        .doesNotContain("(attempt 3)");
  }

  @Test
  void aPaymentThatFailsForEverEndsTheOrder() throws Exception {
    api.order(id, Orders.FAILING_PAYMENT);
    JsonObject end = api.awaitEnd(id);
    Orders.assertCompleted(end, "PAYMENT_FAILED");
    assertThat(end.getJsonObject("output").getString("reason"))
        .isEqualTo("the card was declined (attempt 5)");
  }

  @Test
  void anOrderOfTwoHundredLinesIsShipped() throws Exception {
    api.order(id, Orders.TWO_HUNDRED_LINES);
    Orders.assertCompleted(api.awaitEnd(id), "SHIPPED");
  }

  @Test
  void ofTwoOrdersForTheLastPieceOneIsShipped() throws Exception {
    String last =
        "{\"customer\":\"X\",\"card\":\"1\",\"lines\":[{\"sku\":\"last-of-its-kind\",\"quantity\":1}]}";
    start(last);
    api.post("/orchestrators/fulfil-order/" + id + "-b", last);
    assertThat(
            new String[] {
              api.awaitEnd(id).getJsonObject("output").getString("outcome"),
              api.awaitEnd(id + "-b").getJsonObject("output").getString("outcome")
            })
        .containsExactlyInAnyOrder("SHIPPED", "OUT_OF_STOCK");
  }

  @Test
  void aTerminatedOrderStops() throws Exception {
    api.order(id, Orders.NEEDS_APPROVAL);
    awaitStatus("waiting for approval");
    assertThat(api.post("/instances/" + id + "/terminate?reason=enough", "").status())
        .isEqualTo(202);
    JsonObject end = api.awaitEnd(id);
    assertThat(end.getString("runtimeStatus")).isEqualTo("Terminated");
    assertThat(api.post("/instances/" + id + "/terminate", "").status()).isEqualTo(410);
  }

  @Test
  void aFinishedOrdersIdMayBeUsedAgain() throws Exception {
    api.order(id, Orders.NEEDS_APPROVAL);
    api.post("/instances/" + id + "/raiseEvent/approval", Orders.NO);
    JsonObject first = api.awaitEnd(id);
    Orders.assertCompleted(first, "REFUSED");
    Orders.assertCompleted(againAfter(first), "SHIPPED");
  }

  @Test
  void aPaidOrderIsNotPaidAgain() throws Exception {
    api.order(id, Orders.ACCEPTED);
    JsonObject first = api.awaitEnd(id);
    Orders.assertCompleted(first, "SHIPPED");
    JsonObject second = againAfter(first);
    Orders.assertCompleted(second, "PAID_BEFORE");
    assertThat(second.getJsonObject("output").getString("paymentReference"))
        .isEqualTo(first.getJsonObject("output").getString("paymentReference"));
  }

  private JsonObject againAfter(JsonObject first) throws Exception {
    assertThat(api.order(id, Orders.ACCEPTED).status()).isEqualTo(202);
    return api.awaitInstance(
        id,
        "finished again",
        one ->
            !one.isNull("completedTime")
                && !one.getString("executionId").equals(first.getString("executionId")));
  }

  @Test
  void anOrderMayBeStartedLater() throws Exception {
    String path = "/orchestrators/fulfil-order/" + id + "?startAt=9999-01-01T00:00:00Z";
    assertThat(api.post(path, Files.readString(Orders.ACCEPTED)).status()).isEqualTo(202);
    Reply pending = api.api("/instances/" + id);
    assertThat(pending.status()).isEqualTo(202);
    assertThat(pending.json().getString("runtimeStatus")).isEqualTo("Pending");
  }

  private Reply start(String order) throws IOException, InterruptedException {
    return api.post("/orchestrators/fulfil-order/" + id, order);
  }

  private void awaitStatus(String customStatus) {
    api.awaitInstance(
        id,
        "is " + customStatus,
        one -> !one.isNull("customStatus") && one.getString("customStatus").equals(customStatus));
  }
}
