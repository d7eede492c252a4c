package dev.heddle.control.admission;

/**
 * What this control service puts into pods.
 *
 * @param agentImage image that carries {@code heddle-agent.jar}
 * @param nodeImage image with {@code heddle-init}
 * @param revision whom this control service injects for; {@code default}: pods that name none
 * @param control where agents find the control service, {@code host:port}
 */
public record InjectionSettings(
    String agentImage, String nodeImage, String revision, String control) {

  /** The revision of pods and namespaces that name none. */
  public static final String DEFAULT_REVISION = "default";

  /** IllegalArgumentException names what is empty. */
  public InjectionSettings {
    needs("the agent's image", agentImage);
    needs("the node's image", nodeImage);
    needs("the revision", revision);
    needs("the address of control", control);
  }

  private static void needs(String what, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(what + " is empty");
    }
  }
}
