package dev.durable.core.simulation;

import java.util.ArrayList;
import java.util.List;

/** What happened, as a number to compare and, if it is to be read, as lines. */
final class Trace {

  private final boolean readable;
  private final List<String> lines = new ArrayList<>();
  private long hash = 7;

  private Trace(boolean readable) {
    this.readable = readable;
  }

  static Trace hashOnly() {
    return new Trace(false);
  }

  static Trace readable() {
    return new Trace(true);
  }

  void add(String what, String who, long detail) {
    hash = ((hash * 31 + what.hashCode()) * 31 + who.hashCode()) * 31 + detail;
    if (readable) {
      lines.add(what + " " + who + " " + detail);
    }
  }

  long hash() {
    return hash;
  }

  /** The last lines before the end. */
  List<String> tail(int count) {
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }
}
