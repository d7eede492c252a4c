package dev.heddle.control.command;

import dev.heddle.control.config.ConfigState;
import dev.heddle.control.index.MeshIndex;
import dev.heddle.control.jwks.InlineKeySets;
import dev.heddle.control.watch.ConfigProblem;
import dev.heddle.control.watch.ConfigSnapshot;
import dev.heddle.policy.authz.Authorizer;
import dev.heddle.policy.authz.Explanation;
import dev.heddle.policy.identity.MutualTlsMode;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code heddle-control explain}: which rule decides on a call, and why. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Says who may call a workload by the rules in a directory, and which rule says so.",
    footer = {
      "",
      "Without --method it is about a connection that carries no HTTP.",
      "",
      "Example:  heddle-control explain --config ./rules --namespace shop --label app=reviews \\",
      "            --port 9080 --from shop/productpage --method GET --path /reviews/1",
      "Exit codes: 0 let in, 3 refused, 1 could not be told, 2 wrong usage."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class ExplainCommand implements Callable<Integer> {

  private static final int REFUSED = 3;

  @Spec private CommandSpec spec;
  @Mixin private CallOptions call;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "DIR",
      description = "Directory of YAML files, as control follows.")
  private Path config;

  @Option(
      names = "--namespace",
      required = true,
      paramLabel = "N",
      description = "Namespace of the workload that is called.")
  private String namespace;

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description = "Its labels, as selectors see them; repeatable.")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--trust-domain",
      paramLabel = "TD",
      defaultValue = MeshIndex.DEFAULT_TRUST_DOMAIN,
      description = "Trust domain of the mesh (default: ${DEFAULT-VALUE}).")
  private String trustDomain;

  @Override
  public Integer call() throws IOException {
    ConfigSnapshot snapshot = ConfigSnapshot.read(config);
    PrintWriter err = spec.commandLine().getErr();
    snapshot.problems().stream().filter(ConfigProblem::error).forEach(err::println);
    WorkloadPolicy policy = policy(snapshot.state());
    PrintWriter out = spec.commandLine().getOut();
    String connection = connection(policy.mode(call.port()));
    if (connection != null) {
      out.println(connection);
      return REFUSED;
    }
    ExplainedCall explained = call.described(trustDomain);
    Explanation why =
        Authorizer.of(policy.policies())
            .explain(explained.connection(), call.isHttp() ? explained.request() : null);
    out.println(why.decision());
    if (call.isHttp() && explained.request().path() == null) {
      out.println(
          "  path "
              + call.path()
              + " cannot be told: servers read it differently; it matches what denies and nothing"
              + " that allows");
    }
    why.rules().forEach(rule -> out.println("  " + rule));
    return why.decision().allowed() ? 0 : REFUSED;
  }

  private WorkloadPolicy policy(ConfigState state) {
    return new MeshIndex(state, trustDomain, new InlineKeySets()).workload(namespace, labels);
  }

  /** What the port's mode alone settles, null if nothing. */
  private @Nullable String connection(MutualTlsMode mode) {
    return mode == MutualTlsMode.STRICT && call.from() == null
        ? "refused: port " + call.port() + " is STRICT and the caller has no identity (--from)"
        : null;
  }
}
