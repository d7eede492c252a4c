package dev.heddle.e2e.peer;

/**
 * One exchange, a line of JSON.
 *
 * @param url of the server, with {@code give=BYTES}, {@code chunked=true}, {@code hangUp=BYTES}
 * @param upload bytes of the request's body
 * @param chunked without saying the length before
 * @param expectContinue the server is asked whether it wants the body
 * @param pauseMillis of the reader, after each 64 KiB
 */
public record Transfer(
    String url, long upload, boolean chunked, boolean expectContinue, int pauseMillis) {

  /** Bytes up and bytes down, lengths told. */
  public static Transfer of(String url, long upload, long download) {
    return new Transfer(url + "?give=" + download, upload, false, false, 0);
  }

  public Transfer inChunks() {
    return new Transfer(url + "&chunked=true", upload, true, expectContinue, pauseMillis);
  }

  public Transfer askingFirst() {
    return new Transfer(url, upload, chunked, true, pauseMillis);
  }

  public Transfer readSlowly(int millis) {
    return new Transfer(url, upload, chunked, expectContinue, millis);
  }

  /** The server closes when it has read so many bytes. */
  public Transfer hungUpAfter(long bytes) {
    return new Transfer(url + "&hangUp=" + bytes, upload, chunked, expectContinue, pauseMillis);
  }
}
