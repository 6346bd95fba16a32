package examples.fanout;

import dev.durable.OrchestrationContext;
import dev.durable.Orchestrator;
import dev.durable.Task;
import dev.durable.TaskFailedException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

@ApplicationScoped
public class Albums {

  /** The pictures of an album, by name. */
  public record Album(List<String> pictures) {}

  @Orchestrator("shrink-album")
  public List<String> shrinkAlbum(OrchestrationContext ctx, Album album) {
    List<Task<String>> open = new ArrayList<>();
    for (String picture : album.pictures()) {
      open.add(ctx.call(Pictures::shrink, picture)); // not waited for yet
    }
    return ctx.allOf(open).await();
  }

  @Orchestrator("shrink-large-album")
  public List<String> shrinkLargeAlbum(OrchestrationContext ctx, Album album) {
    return ctx.fanOut(album.pictures(), 20, picture -> ctx.call(Pictures::shrink, picture)).await();
  }

  @Orchestrator("shrink-what-can-be-shrunk")
  public List<String> shrinkWhatCanBeShrunk(OrchestrationContext ctx, Album album) {
    List<Task<String>> open =
        album.pictures().stream().map(picture -> ctx.call(Pictures::shrink, picture)).toList();
    List<String> small = new ArrayList<>();
    for (Task<String> next : ctx.inCompletionOrder(open)) {
      try {
        small.add(next.await());
      } catch (TaskFailedException e) {
        ctx.logger(Albums.class).log(System.Logger.Level.WARNING, e.failure().summary());
      }
    }
    return small;
  }

  @Orchestrator("shrink-library")
  public int shrinkLibrary(OrchestrationContext ctx, List<Album> albums) {
    return ctx.fanOut(albums, 10, album -> ctx.callSubOrchestrator(Albums::shrinkAlbum, album))
        .await()
        .size();
  }
}
