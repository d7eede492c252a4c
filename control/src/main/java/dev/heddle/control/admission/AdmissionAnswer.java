package dev.heddle.control.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to a request.
 *
 * @param allowed whether the object may be stored
 * @param message why not; empty where it may
 * @param warnings what kubectl shows beside the result
 * @param patch operations of RFC 6902, empty where the object stays as it is
 */
public record AdmissionAnswer(
    boolean allowed, String message, List<String> warnings, JsonNode patch) {

  /**
   * Bytes of all warnings together: the API server leaves out what goes beyond 4,096 (apiserver,
   * warning/context.go), and a list that says how much is missing is of more use.
   */
  private static final int MAX_WARNING_CHARS = 3_500;

  /** Characters of one warning: the API server cuts it there when there are many. */
  private static final int WARNING_CHARS = 256;

  /** See above. */
  public AdmissionAnswer {
    warnings = bounded(warnings);
  }

  static AdmissionAnswer allow(List<String> warnings) {
    return new AdmissionAnswer(true, "", warnings, JsonNodeFactory.instance.arrayNode());
  }

  static AdmissionAnswer change(JsonNode patch, List<String> warnings) {
    return new AdmissionAnswer(true, "", warnings, patch);
  }

  static AdmissionAnswer refuse(String message, List<String> warnings) {
    return new AdmissionAnswer(false, message, warnings, JsonNodeFactory.instance.arrayNode());
  }

  private static List<String> bounded(List<String> warnings) {
    int room = MAX_WARNING_CHARS;
    for (int i = 0; i < warnings.size(); i++) {
      room -= Math.min(warnings.get(i).length(), WARNING_CHARS);
      if (room < 0) {
        List<String> first = new ArrayList<>(warnings.subList(0, i));
        first.add(
            "and " + (warnings.size() - i) + " more; control's log and /debug/config have all");
        return cut(first);
      }
    }
    return cut(warnings);
  }

  private static List<String> cut(List<String> warnings) {
    return warnings.stream()
        .map(
            text ->
                text.length() > WARNING_CHARS ? text.substring(0, WARNING_CHARS - 1) + "…" : text)
        .toList();
  }
}
