package dev.durable.core.worker;

/** Where leased work of one kind waits for slots that will soon be free. */
interface Overflow<W> {

  /**
   * Takes places for work that is about to be leased.
   *
   * @return how many, at most that many; each is to be entered or cancelled
   */
  int reserve(int max);

  /** So much of that work does not come. */
  void cancel(int unused);

  /** Work for which there is a place, and which is in this node's hands. */
  void enter(W work);

  /** There may be a free slot: what has waited longest begins. Throws nothing. */
  void slotFree();

  /** Whether so little waits that more can be claimed. */
  boolean isLow();

  /** For work that does not wait. */
  static <W> Overflow<W> none() {
    return new Overflow<>() {
      @Override
      public int reserve(int max) {
        return 0;
      }

      @Override
      public void cancel(int unused) {}

      @Override
      public void enter(W work) {
        throw new IllegalStateException("there is no place for " + work);
      }

      @Override
      public void slotFree() {}

      @Override
      public boolean isLow() {
        return true;
      }
    };
  }
}
