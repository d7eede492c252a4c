package dev.heddle.control.kubernetes;

/** What Heddle's own objects in a cluster are called, as in {@code k8s/base}. */
public final class Names {

  /** Namespace of the mesh's own workloads. */
  public static final String SYSTEM_NAMESPACE = "heddle-system";

  /** Service, Deployment, ServiceAccount and Lease of the control service. */
  public static final String CONTROL = "heddle-control";

  /** DaemonSet and ServiceAccount of the node daemon. */
  public static final String NODE = "heddle-node";

  /** Secret of the certificate authority. */
  public static final String CA_SECRET = "heddle-ca";

  /** Istio's Secret of a plugged-in authority, which goes before ours. */
  public static final String ISTIO_CA_SECRET = "cacerts";

  /** ConfigMap of the mesh's settings. */
  public static final String MESH_CONFIG = "heddle";

  /** Key in {@link #MESH_CONFIG}. */
  public static final String MESH_CONFIG_KEY = "mesh.yaml";

  /** ConfigMap of the trust bundle, in every namespace. */
  public static final String TRUST_BUNDLE = "heddle-ca-root-cert";

  /** Key in {@link #TRUST_BUNDLE}. */
  public static final String TRUST_BUNDLE_KEY = "root-cert.pem";

  /** ConfigMap of empty JVM options, in every namespace. */
  public static final String JAVA_OPTIONS = "heddle-java-options";

  /** Audience of tokens for the authority. */
  public static final String TOKEN_AUDIENCE = "heddle-ca";

  /** MutatingWebhookConfiguration. */
  public static final String INJECTOR = "heddle-injector";

  /** ValidatingWebhookConfiguration. */
  public static final String VALIDATOR = "heddle-validator";

  private Names() {}
}
