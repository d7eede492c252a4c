package dev.heddle.control.client.channel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The token that says who this process is; read at each use, for Kubernetes rotates it. */
final class TokenFile {

  /** RFC 7519 and RFC 7515: three parts in base64url. */
  private static final Pattern JWT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private final Path file;

  TokenFile(Path file) {
    this.file = file;
  }

  /** The token; IOException says what is wrong with the file, without its text, a secret. */
  String token() throws IOException {
    String token = SmallFile.read(file, ChannelLimits.MAX_TOKEN_BYTES).trim();
    if (!JWT.matcher(token).matches()) {
      throw new IOException(
          file + " holds " + token.length() + " characters that are no token (expected: a JWT)");
    }
    return token;
  }
}
