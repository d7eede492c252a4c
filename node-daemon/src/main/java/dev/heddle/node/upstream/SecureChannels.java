package dev.heddle.node.upstream;

import dev.heddle.node.pod.Pod;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLException;

/** Puts what protects the bytes under a new connection. */
public interface SecureChannels {

  /** Protects nothing, and refuses what must be. */
  SecureChannels PLAIN =
      (channel, pod, target, address, terms, opened) -> {
        if (target.security() == Security.Plain.PLAIN) {
          opened.trySuccess(channel);
        } else {
          channel.close();
          opened.tryFailure(new SSLException("no TLS is set up for " + target));
        }
      };

  /**
   * Completes the promise with the channel once nothing but protected bytes go over it to the right
   * peer; closes the channel and fails it otherwise.
   */
  void secure(
      Channel channel,
      Pod pod,
      Target target,
      InetSocketAddress address,
      Terms terms,
      Promise<Channel> opened);
}
