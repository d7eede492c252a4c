package dev.heddle.control.admission;

/** What happens at the webhooks, to be counted. */
public interface AdmissionEvents {

  /** A pod was looked at, and injected in this mode; {@code none}: left as it is. */
  void pod(String mode);

  /** A rule was looked at. */
  void rule(boolean allowed);

  /** A request could not be answered, or was none. */
  void failed();

  /** Seconds from the whole request to the answer. */
  void took(double seconds);
}
