package dev.durable.rest;

import dev.durable.DurableClient;
import dev.durable.InstanceNotFoundException;
import dev.durable.InstancePage;
import dev.durable.InstanceQuery;
import dev.durable.InstanceQuery.Payload;
import dev.durable.OrchestrationStatus;
import dev.durable.RuntimeStatus;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looking at instances. */
final class Instances {

  /** Seconds after which a caller may look again. */
  private static final String RETRY_AFTER = "5";

  private final DurableClient client;

  Instances(DurableClient client) {
    this.client = client;
  }

  Answer status(String id, Query query, Links links) {
    boolean showInput = query.flag("showInput", true);
    boolean showHistory = query.flag("showHistory", false);
    boolean showHistoryOutput = query.flag("showHistoryOutput", false);
    boolean failureIsAnError = query.flag("returnInternalServerErrorOnFailure", false);

    OrchestrationStatus status =
        client.status(id).orElseThrow(() -> new InstanceNotFoundException(id));
    JsonObjectBuilder document = StatusDocument.full(showInput).of(status);
    if (showHistory) {
      document.add(
          "historyEvents",
          new HistoryDocument(showInput, showHistoryOutput).of(client.history(id)));
    }
    if (!status.runtimeStatus().isFinished()) {
      return lookAgain(Answer.json(202, document.build()), id, links);
    }
    boolean failed = status.runtimeStatus() == RuntimeStatus.FAILED;
    return Answer.json(failed && failureIsAnError ? 500 : 200, document.build());
  }

  Answer list(Query query, @Nullable String tokenHeader, Links links) {
    // Payloads may be large and personal: in a list they are read, and told, only to those who ask
    // for them. What the orchestrator shows of its own accord is always told.
    boolean showInput = query.flag("showInput", false);
    boolean showOutput = query.flag("showOutput", false);
    Set<Payload> payloads = EnumSet.of(Payload.CUSTOM_STATUS);
    if (showInput) {
      payloads.add(Payload.INPUT);
    }
    if (showOutput) {
      payloads.add(Payload.OUTPUT);
    }
    InstanceQuery filter =
        new InstanceQuery(
            Filters.of(query),
            query.number("top", 1, 1000, InstanceQuery.DEFAULT_PAGE_SIZE),
            Pages.token(query, tokenHeader).orElse(null),
            payloads);

    InstancePage page = Pages.read(filter.continuationToken(), () -> client.list(filter));
    StatusDocument document = new StatusDocument(showInput, showOutput, false);
    var array = Json.createArrayBuilder();
    page.instances().forEach(status -> array.add(document.of(status)));
    return Pages.linked(
        Answer.json(200, array.build()),
        page.continuationToken(),
        token -> links.instances(query.parameters(), token));
  }

  /** Where and when to look whether it has finished. */
  static Answer lookAgain(Answer answer, String id, Links links) {
    return answer.with("Location", links.status(id)).with("Retry-After", RETRY_AFTER);
  }
}
