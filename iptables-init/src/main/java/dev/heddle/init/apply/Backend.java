package dev.heddle.init.apply;

import java.util.Locale;

/** The two sets of tables that a kernel may have; a command speaks to one of them. */
public enum Backend {
  NFT,
  LEGACY;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
