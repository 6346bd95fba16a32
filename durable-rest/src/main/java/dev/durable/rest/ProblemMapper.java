package dev.durable.rest;

import dev.durable.DurableException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Makes a problem document of every exception that leaves a resource, and of what the server
 * refuses on its way there.
 */
@Provider
@ApplicationScoped
public class ProblemMapper implements ExceptionMapper<Throwable> {

  private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

  @Context UriInfo uri;

  @Override
  public Response toResponse(Throwable exception) {
    String path = uri.getRequestUri().getRawPath();
    if (exception instanceof WebApplicationException refused
        && refused.getResponse().getStatus() < 500) {
      return refusedByServer(refused.getResponse(), path);
    }
    return Answer.problem(known(exception).orElseGet(() -> unexpected(exception, path)), path)
        .toResponse();
  }

  /** The problem of what was refused on purpose; empty for an error of the server's own. */
  static Optional<Problem> known(Throwable exception) {
    if (exception instanceof Refusal refusal) {
      return Optional.of(refusal.problem());
    }
    return exception instanceof DurableException known
        ? ProblemCatalogue.find(known)
        : Optional.empty();
  }

  private static Problem unexpected(Throwable exception, String path) {
    String errorId = UUID.randomUUID().toString();
    LOG.log(
        Level.ERROR,
        () -> "DUR-5001: A request failed. errorId=" + errorId + " path=" + Shown.cut(path),
        exception);
    return ServerProblems.unexpected(errorId);
  }

  private static Response refusedByServer(Response refused, String path) {
    Answer answer = Answer.problem(ServerProblems.refused(refused.getStatus()), path);
    String allow = refused.getHeaderString(HttpHeaders.ALLOW);
    return (allow == null ? answer : answer.with(HttpHeaders.ALLOW, withoutOptions(allow)))
        .toResponse();
  }

  /** The server knows how to answer OPTIONS, but web.xml refuses it. */
  private static String withoutOptions(String allow) {
    return Arrays.stream(allow.split(",", -1))
        .map(String::strip)
        .filter(method -> !method.equals(HttpMethod.OPTIONS))
        .collect(Collectors.joining(", "));
  }
}
