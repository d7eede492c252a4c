package dev.heddle.agent.instrumentation.httpurlconnection;

import java.io.OutputStream;

/** Takes a body that is sent nowhere, for the mesh has answered already. */
final class DroppedBody extends OutputStream {

  @Override
  public void write(int b) {}

  @Override
  public void write(byte[] bytes, int offset, int length) {}
}
