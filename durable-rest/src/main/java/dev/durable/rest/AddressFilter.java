package dev.durable.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses addresses that are none before JAX-RS sees them: it would fail with an error of the
 * server's own, or cut them.
 */
@WebFilter("/api/*")
public class AddressFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<Problem> problem =
        problem(request.getRequestURL().toString(), request.getQueryString());
    if (problem.isPresent()) {
      RefusalServlet.send(Answer.problem(problem.get(), request.getRequestURI()), response);
    } else {
      chain.doFilter(request, response);
    }
  }

  /** What is wrong with an address; empty for nothing. */
  static Optional<Problem> problem(String url, @Nullable String query) {
    if (url.indexOf(';') >= 0) {
      return Optional.of(malformed("its path has a semicolon that is not written as %3B"));
    }
    try {
      new URI(query == null ? url : url + "?" + query);
      return Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.of(malformed(e.getReason().toLowerCase(Locale.ROOT)));
    }
  }

  private static Problem malformed(String why) {
    return Problem.of(
        "malformed-address",
        400,
        "The address is not a valid URL",
        "The address cannot be read: "
            + why
            + ". Encode what has a meaning in URLs. Nothing was changed.");
  }
}
