package dev.heddle.rules.crd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.rules.RuleKind;
import java.util.ArrayList;
import java.util.List;

/** What {@code kubectl get} prints of an object beside its name: the columns of Istio's CRDs. */
record PrinterColumn(String name, String type, String jsonPath, String description) {

  private static final PrinterColumn AGE =
      new PrinterColumn("Age", "date", ".metadata.creationTimestamp", "When it was created.");

  static List<PrinterColumn> of(RuleKind<?> kind) {
    List<PrinterColumn> columns = new ArrayList<>(ofSpec(kind.name()));
    columns.add(AGE);
    return columns;
  }

  private static List<PrinterColumn> ofSpec(String kind) {
    return switch (kind) {
      case "VirtualService" ->
          List.of(
              text("Gateways", "gateways", "Where it holds; absent: for every workload."),
              text("Hosts", "hosts", "The hosts whose calls it routes."));
      case "DestinationRule" -> List.of(text("Host", "host", "The host that it is about."));
      case "ServiceEntry" ->
          List.of(
              text("Hosts", "hosts", "The hosts that it adds to the mesh."),
              text("Location", "location", "Whether they are part of the mesh."),
              text("Resolution", "resolution", "How their endpoints are found."));
      case "WorkloadEntry" -> List.of(text("Address", "address", "Where the workload is."));
      case "PeerAuthentication" -> List.of(text("Mode", "mtls.mode", "Which callers are let in."));
      case "AuthorizationPolicy" ->
          List.of(text("Action", "action", "What becomes of the requests that it matches."));
      default -> List.of();
    };
  }

  private static PrinterColumn text(String name, String path, String description) {
    return new PrinterColumn(name, "string", ".spec." + path, description);
  }

  void write(ObjectNode column) {
    column.put("description", description);
    column.put("jsonPath", jsonPath);
    column.put("name", name);
    column.put("type", type);
  }
}
