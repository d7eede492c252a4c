package dev.heddle.node.outbound;

/** How many copies are under way on one event loop. */
final class Mirrors {

  /** Each holds a request body of up to 64 KB and a connection. */
  private static final int MAX_UNDER_WAY = 256;

  private int underWay;

  /** Takes a place for a copy; false where there is none. */
  boolean tryBegin() {
    if (underWay >= MAX_UNDER_WAY) {
      return false;
    }
    underWay++;
    return true;
  }

  void ended() {
    underWay--;
  }
}
