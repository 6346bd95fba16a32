package dev.durable.it.server;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests that do no harm to a server the same one: in the development configuration, with
 * three more users: {@code viewer} who may look, {@code operator} who may not purge, and {@code
 * stranger} who may nothing.
 */
public final class SharedServer implements ParameterResolver {

  private static final String MORE_USERS =
      """
      <server>
        <basicRegistry id="basic">
          <user name="viewer" password="viewer"/>
          <user name="operator" password="operator"/>
          <user name="stranger" password="stranger"/>
          <group id="durable-viewer">
            <member name="viewer"/>
          </group>
          <group id="durable-operator">
            <member name="operator"/>
          </group>
        </basicRegistry>
      </server>
      """;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LibertyServer.class;
  }

  @Override
  public LibertyServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedServer.class))
        .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class)
        .server;
  }

  private static final class Running implements AutoCloseable {

    private final LibertyServer server;

    private Running() {
      try {
        server =
            LibertyServer.create("shared", "server.xml", Map.of()).override(MORE_USERS).start();
      } catch (IOException | SQLException e) {
        throw new IllegalStateException("The server for the tests cannot be made", e);
      }
    }

    @Override
    public void close() throws IOException {
      server.stop();
    }
  }
}
