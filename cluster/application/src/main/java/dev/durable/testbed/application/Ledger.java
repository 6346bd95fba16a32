package dev.durable.testbed.application;

import dev.durable.ActivityContext;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What activities do to the world outside, in a file that all servers append to. A line is one
 * write of a file opened for appending: lines of several processes do not mix, and what was written
 * outlives the process. Times are of the machine's monotonic clock, which all its processes share.
 */
@ApplicationScoped
public class Ledger {

  @Inject
  @ConfigProperty(name = "load.ledger")
  String file;

  @Inject
  @ConfigProperty(name = "durable.node-name")
  String node;

  private FileChannel channel;

  @PostConstruct
  void open() {
    try {
      channel =
          FileChannel.open(
              Path.of(file),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("The ledger cannot be opened", e);
    }
  }

  @PreDestroy
  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The ledger cannot be closed", e);
    }
  }

  void write(String phase, ActivityContext activity, String nonce) {
    String line =
        String.join(
            "\t",
            phase,
            activity.instanceId(),
            activity.idempotencyKey(),
            nonce,
            node,
            Long.toString(System.nanoTime()));
    try {
      channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("The ledger cannot be written", e);
    }
  }
}
