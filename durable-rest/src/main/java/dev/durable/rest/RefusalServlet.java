package dev.durable.rest;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Words for what the container refuses before the API sees it: its error page, as {@code web.xml}
 * says. Who opens it directly finds nothing.
 */
@WebServlet("/refused")
public class RefusalServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    Problem problem =
        ServerProblems.refused(
            status instanceof Integer code ? code : HttpServletResponse.SC_NOT_FOUND);
    Answer answer =
        Answer.problem(problem, path instanceof String text ? text : request.getRequestURI());

    send(answer, response);
  }

  static void send(Answer answer, HttpServletResponse response) throws IOException {
    response.setStatus(answer.status());
    response.setContentType(answer.mediaType());
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response
        .getOutputStream()
        .write(Objects.requireNonNull(answer.body()).getBytes(StandardCharsets.UTF_8));
  }
}
