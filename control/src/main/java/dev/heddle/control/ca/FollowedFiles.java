package dev.heddle.control.ca;

import java.io.IOException;
import java.nio.file.FileSystemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is in a CA directory, read again when its files change. Files that do not fit together leave
 * what was read before in force. {@link #look} is on one thread, all else on any.
 */
final class FollowedFiles {

  private static final Logger LOG = LoggerFactory.getLogger("heddle.control.ca");

  private final CaDirectory directory;
  private final Runnable unusable;
  private volatile CaMaterial material;
  private volatile TokenKeys tokenKeys;
  private String read = "";
  private String failed = "";
  private String told = "";

  /**
   * Reads, and makes what is missing.
   *
   * @param unusable hears of files that are not used
   */
  FollowedFiles(CaDirectory directory, String trustDomain, Runnable unusable) throws IOException {
    this.directory = directory;
    this.unusable = unusable;
    material = directory.open(trustDomain);
    tokenKeys = madeTokenKeys();
    for (String open : directory.keysOpenToOthers()) {
      LOG.warn("{}: others than its owner can read this private key (expected: mode 0600)", open);
    }
  }

  private TokenKeys madeTokenKeys() throws IOException {
    try {
      return directory.tokenKeys();
    } catch (FileSystemException e) {
      LOG.warn("no workload tokens can be made or believed, for {} cannot be written", e.getFile());
      return directory.loadTokenKeys();
    }
  }

  CaMaterial material() {
    return material;
  }

  TokenKeys tokenKeys() {
    return tokenKeys;
  }

  /** Takes what changed since the last look; changed runs if it signs or trusts others now. */
  void look(Runnable changed) {
    String now = "";
    try {
      now = directory.fingerprint();
      if (now.equals(read)) {
        return;
      }
      CaMaterial next = directory.load();
      tokenKeys = directory.loadTokenKeys();
      read = now;
      told = "";
      if (!next.equals(material)) {
        material = next;
        LOG.info("the authority's files changed: {}", described(next));
        changed.run();
      }
    } catch (IOException e) {
      problem(now, String.valueOf(e.getMessage()));
    }
  }

  /** Several files are changed one after the other: only what stays wrong is told. */
  private void problem(String fingerprint, String message) {
    if (fingerprint.equals(failed) && !message.equals(told)) {
      LOG.error("{}; what was read before stays in force", message);
      told = message;
      unusable.run();
    }
    failed = fingerprint;
  }

  private static String described(CaMaterial material) {
    return "signs as "
        + material.issuer().certificate().getSubjectX500Principal()
        + ", trusts "
        + material.roots().stream().map(root -> root.getSubjectX500Principal().toString()).toList();
  }
}
