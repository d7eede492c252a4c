package dev.heddle.control.kubernetes;

import java.util.List;
import java.util.Map;

/**
 * What control makes of a rule, to be written into its status.
 *
 * @param apiVersion as which it is read
 * @param plural of its kind
 * @param generation of the rule that was judged
 * @param errors why it is refused; none if it is in force
 * @param warnings what of it is not honoured
 * @param earlier whether a version before this one is in force instead
 * @param seen the conditions that are in its status
 */
public record RuleVerdict(
    String apiVersion,
    String kind,
    String plural,
    String namespace,
    String name,
    long generation,
    List<String> errors,
    List<String> warnings,
    boolean earlier,
    List<Map<String, Object>> seen) {

  /** Characters of a message at most; the rest is in control's log and on its page. */
  private static final int MAX_MESSAGE = 1_024;

  /** A condition, without the time of its last change. */
  record Condition(String type, boolean status, String reason, String message) {}

  /** What its status should say. */
  List<Condition> conditions() {
    return List.of(accepted(), reconciled());
  }

  private Condition accepted() {
    if (!errors.isEmpty()) {
      return new Condition("Accepted", false, "Invalid", text(errors));
    }
    return warnings.isEmpty()
        ? new Condition("Accepted", true, "Valid", "")
        : new Condition("Accepted", true, "PartlySupported", text(warnings));
  }

  private Condition reconciled() {
    if (errors.isEmpty()) {
      return new Condition("Reconciled", true, "InForce", "");
    }
    return earlier
        ? new Condition(
            "Reconciled",
            false,
            "EarlierVersionInForce",
            "the last version that was accepted holds")
        : new Condition("Reconciled", false, "NotInForce", "");
  }

  private static String text(List<String> sentences) {
    String all = String.join("; ", sentences);
    return all.length() <= MAX_MESSAGE ? all : all.substring(0, MAX_MESSAGE - 1) + "…";
  }

  /** Whether the status says so already. */
  boolean isTold() {
    return conditions().stream().allMatch(this::isTold);
  }

  private boolean isTold(Condition condition) {
    Map<String, Object> there = seen(condition.type);
    return status(condition.status).equals(there.get("status"))
        && condition.reason.equals(there.get("reason"))
        && condition.message.equals(there.getOrDefault("message", ""))
        && there.get("observedGeneration") instanceof Number judged
        && judged.longValue() == generation;
  }

  /** The condition of a type that is there, empty if none is. */
  Map<String, Object> seen(String type) {
    return seen.stream().filter(c -> type.equals(c.get("type"))).findFirst().orElse(Map.of());
  }

  static String status(boolean status) {
    return status ? "True" : "False";
  }
}
