package dev.heddle.control.kubernetes.check;

/**
 * What a check found.
 *
 * @param check what was looked at, two or three words
 * @param said what was found
 * @param fix what to do, empty where all is well
 */
public record Finding(Level level, String check, String said, String fix) {

  /** How bad it is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** The mesh works, or works for some. */
    WARNING,
    /** The mesh does not work. */
    ERROR
  }

  static Finding ok(String check, String said) {
    return new Finding(Level.OK, check, said, "");
  }

  static Finding warning(String check, String said, String fix) {
    return new Finding(Level.WARNING, check, said, fix);
  }

  static Finding error(String check, String said, String fix) {
    return new Finding(Level.ERROR, check, said, fix);
  }
}
