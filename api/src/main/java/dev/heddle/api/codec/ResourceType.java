package dev.heddle.api.codec;

/** The type URLs of discovery's resources. */
public final class ResourceType {

  /** {@code heddle.v1.Routes}, named {@code host:port} as the app calls it. */
  public static final String ROUTES = "type.googleapis.com/heddle.v1.Routes";

  /** {@code heddle.v1.Endpoints}, named {@code host:port} of a service, fully qualified. */
  public static final String ENDPOINTS = "type.googleapis.com/heddle.v1.Endpoints";

  /** {@code heddle.v1.Workload}, named {@code namespace/workload} of the client itself. */
  public static final String WORKLOAD = "type.googleapis.com/heddle.v1.Workload";

  /** {@code heddle.v1.TrustBundle}; there is one, named {@link #MESH}. */
  public static final String TRUST_BUNDLE = "type.googleapis.com/heddle.v1.TrustBundle";

  /** {@code heddle.v1.NodePods}, named as the node is; for the daemon of that node alone. */
  public static final String NODE_PODS = "type.googleapis.com/heddle.v1.NodePods";

  /** {@code heddle.v1.Names}, named {@link #MESH}: what a client's namespace sees of it. */
  public static final String NAMES = "type.googleapis.com/heddle.v1.Names";

  /** The name of a resource that is the whole mesh's. */
  public static final String MESH = "mesh";

  private ResourceType() {}
}
