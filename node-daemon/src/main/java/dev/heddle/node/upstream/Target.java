package dev.heddle.node.upstream;

/**
 * What a connection leads to; connections to equal targets are the same to a call.
 *
 * @param host address, or a name to resolve
 * @param protocol spoken on it
 */
public record Target(String host, int port, Protocol protocol, Security security) {

  /** What is spoken. */
  public enum Protocol {
    TCP,
    HTTP_1,
    HTTP_2
  }
}
