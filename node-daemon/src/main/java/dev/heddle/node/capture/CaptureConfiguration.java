package dev.heddle.node.capture;

import java.nio.file.Path;

/**
 * How capture is run.
 *
 * @param socket where init hands pods over
 * @param state a directory that outlives the daemon
 */
public record CaptureConfiguration(Path socket, Path state, CaptureLimits limits) {}
