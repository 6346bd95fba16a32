package dev.durable.core.replay;

import java.lang.System.Logger;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Passes on what is logged unless the run repeats what was recorded. */
final class ReplaySafeLogger implements Logger {

  private final Logger logger;
  private final HistoryPlayer player;

  ReplaySafeLogger(Logger logger, HistoryPlayer player) {
    this.logger = logger;
    this.player = player;
  }

  @Override
  public String getName() {
    return logger.getName();
  }

  @Override
  public boolean isLoggable(Level level) {
    return !player.isReplaying() && logger.isLoggable(level);
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String message,
      @Nullable Throwable thrown) {
    if (!player.isReplaying()) {
      logger.log(level, bundle, message, thrown);
    }
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      @Nullable Object @Nullable ... parameters) {
    if (!player.isReplaying()) {
      logger.log(level, bundle, format, parameters);
    }
  }
}
