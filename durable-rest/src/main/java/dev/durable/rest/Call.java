package dev.durable.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A request, as the server hands it over. */
record Call(UriInfo uri, HttpHeaders headers) {

  Query query() {
    return new Query(uri.getQueryParameters());
  }

  Links links() {
    return new Links(uri.getBaseUri());
  }

  @Nullable String json(InputStream body, int limit) {
    JsonBody.refuseEncoded(headers.getHeaderString(HttpHeaders.CONTENT_ENCODING));
    return JsonBody.read(body, headers.getHeaderString(HttpHeaders.CONTENT_TYPE), length(), limit);
  }

  private long length() {
    String length = headers.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    return length == null || !length.matches("[0-9]{1,18}") ? -1 : Long.parseLong(length);
  }
}
