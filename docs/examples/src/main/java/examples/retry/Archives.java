package examples.retry;

import dev.durable.Activity;
import dev.durable.ActivityContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

@ApplicationScoped
public class Archives {

  @Inject ActivityContext activity;

  @Activity("copy-archive")
  public int copyArchive(List<String> files) throws IOException {
    int copied = activity.lastHeartbeat(Integer.class).orElse(0);
    while (copied < files.size()) {
      copy(files.get(copied));
      copied++;
      activity.heartbeat(copied); // throws if nobody waits for this any more
    }
    return copied;
  }

  private static void copy(String file) throws IOException {
    Files.copy(Path.of(file), Path.of(file + ".copy"), StandardCopyOption.REPLACE_EXISTING);
  }
}
