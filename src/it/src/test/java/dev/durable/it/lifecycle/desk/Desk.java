package dev.durable.it.lifecycle.desk;

import dev.durable.DurableClient;
import dev.durable.DurableException;
import dev.durable.OrchestrationStatus;
import dev.durable.StartOptions;
import dev.durable.TerminateOptions;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Passes on to the client what is asked for in the path: {@code /start/<orchestrator>/<id>}, {@code
 * /say/<word>/<id>}, {@code /resume/<reason>/<id>}, {@code /terminate/<reason>/<id>} by force. Each
 * answers with the status, the type of the failure and the output.
 */
@WebServlet("/desk/*")
public class Desk extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient DurableClient durable;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String[] path = request.getPathInfo().substring(1).split("/");
    response.setContentType("text/plain");
    try {
      act(path[0], path[1], path[2]);
      response.getWriter().print(shown(durable.status(path[2])));
    } catch (DurableException refused) {
      response.getWriter().print(refused);
    }
  }

  private void act(String action, String what, String id) {
    switch (action) {
      case "start" -> durable.start(what, null, StartOptions.withId(id));
      case "say" -> durable.raiseEvent(id, "word", what);
      case "resume" -> durable.resume(id, what);
      case "terminate" -> durable.terminate(id, TerminateOptions.because(what).forced());
      case "look" -> {}
      default -> throw new IllegalArgumentException(action);
    }
  }

  private static String shown(Optional<OrchestrationStatus> status) {
    return status
        .map(
            one ->
                one.runtimeStatus()
                    + (one.failure() == null ? "" : " " + one.failure().type())
                    + (one.customStatus() == null ? "" : " " + one.customStatus())
                    + (one.output() == null ? "" : " " + one.output()))
        .orElse("not there");
  }
}
