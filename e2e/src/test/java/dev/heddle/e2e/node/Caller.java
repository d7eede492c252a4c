package dev.heddle.e2e.node;

import dev.heddle.e2e.Forked;
import java.util.ArrayList;
import java.util.List;

/** A program in a pod that calls services over HTTP. */
interface Caller {

  /** Calls {@code http://host:port/path} with headers NAME:VALUE: the status and the body. */
  String call(Callee callee, String path, String... headers) throws Exception;

  /** A service: its name, and its address. */
  record Callee(String host, String address) {
    static final int PORT = 9080;
  }

  /** A JVM with the agent: it knows the service by its name, which nobody resolves. */
  static Caller jvm(Forked app) {
    return (callee, path, headers) -> {
      String url = "http://" + callee.host() + ":" + Callee.PORT + path;
      app.write(String.join(" ", List.of(url, String.join(" ", headers))).strip());
      return app.read();
    };
  }

  /** curl in a captured pod: it knows the service by its address. */
  static Caller captured(Pod pod) {
    return (callee, path, headers) -> {
      List<String> words = new ArrayList<>(List.of("-w", "\n%{http_code}"));
      for (String header : headers) {
        words.addAll(List.of("-H", header));
      }
      words.add("http://" + callee.address() + ":" + Callee.PORT + path);
      String said = pod.curl(words.toArray(String[]::new));
      int last = said.lastIndexOf('\n');
      return said.substring(last + 1) + " " + said.substring(0, Math.max(last, 0)).strip();
    };
  }
}
