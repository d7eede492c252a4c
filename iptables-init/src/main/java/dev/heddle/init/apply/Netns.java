package dev.heddle.init.apply;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The network namespace that commands run in: the caller's own, or another by a path that leads to
 * it, as {@code /run/netns/NAME} or {@code /proc/PID/fd/N} of an open one. Another one takes {@code
 * nsenter} and CAP_SYS_ADMIN.
 */
public record Netns(Optional<Path> path) {

  /** The caller's own. */
  public static final Netns OWN = new Netns(Optional.empty());

  /** One that a path leads to. */
  public static Netns at(Path path) {
    return new Netns(Optional.of(path));
  }

  List<String> command(List<String> words) {
    List<String> command = new ArrayList<>();
    path.ifPresent(netns -> command.addAll(List.of("nsenter", "--net=" + netns, "--")));
    command.addAll(words);
    return command;
  }
}
