package dev.heddle.e2e;

import java.util.ArrayList;
import java.util.List;

/** Ways to reach {@code /admin}, {@code /admin/x} and {@code /raw/x} past a rule about paths. */
final class Evasions {

  /** Targets; each is sent with GET over HTTP/1.1. */
  private static final List<String> TARGETS =
      List.of(
          "/admin",
          "/admin/",
          "/admin/x",
          "/admin;x=y",
          "/admin;",
          "/admin;/x",
          "/admin;x=y/x",
          "/;x=y/admin/x",
          "/admin/x;jsessionid=1",
          "/admin;x=../../public",
          "/%61dmin/x",
          "/%61%64%6d%69%6e/x",
          "/admin%2Fx",
          "/admin%2fx",
          "/admin%2f..%2fpublic",
          "/admin%2f../public",
          "/public%2f../admin/x",
          "/public/%2e%2e/admin/x",
          "/public/.%2e/admin/x",
          "/public/%2E./admin/x",
          "/public/../admin/x",
          "/public/..;/admin/x",
          "/public/..;x=y/admin/x",
          "/public/;/../admin/x",
          "/public/x/../../admin/x",
          "/admin/../public",
          "/admin/..;/public",
          "/admin/%2e%2e/public",
          "/admin/./x",
          "/./admin/x",
          "/.;/admin/x",
          "/admin/.",
          "/admin/..",
          "/admin.",
          "/admin./x",
          "/admin...",
          "/admin//",
          "//admin/x",
          "///admin/x",
          "//host/admin/x",
          "/public//../admin/x",
          "/\\admin/x",
          "/public\\..\\admin/x",
          "\\admin\\x",
          "/public%5c..%5cadmin/x",
          "/public/..%5cadmin/x",
          "/admin%5cx",
          "/ADMIN/x",
          "/Admin/x",
          "/%2561dmin/x",
          "/%252e%252e/admin/x",
          "/admin%252fx",
          "/public/%252e%252e/admin/x",
          "/admin%00",
          "/admin%00/x",
          "/admin%00.html",
          "/%00/admin/x",
          "/admin%20",
          "/admin%09/x",
          "/admin%0a/x",
          "/admin%0d%0a/x",
          "/admin%c0%af/x",
          "/public/%c0%ae%c0%ae/admin/x",
          "/%c1%a1dmin/x",
          "/%e0%81%a1dmin/x",
          "/\u00c1\u00a1dmin/x",
          "/admin\u00ff",
          "/%u0061dmin/x",
          "/admin?x=/public",
          "/admin?/../public",
          "/admin#/public",
          "/admin%3f/public",
          "/admin%23/public",
          "/public#/../admin/x",
          "/admin%3bx=y",
          "/admin%3b/x",
          "/adminx",
          "/admin.jsp",
          "/admin,x",
          "/admin:x",
          "/admin%",
          "/admin%zz/x",
          "http://localhost/admin/x",
          "HTTP://LOCALHOST/admin/x",
          "http://public/admin/x",
          "http://localhost/public/../admin/x",
          "http://localhost//admin/x",
          "http://localhost/public;/../admin/x",
          "http:/admin/x",
          "http:admin/x",
          "http:///admin/x",
          "https://localhost/admin/x",
          "//localhost:80/admin/x",
          "admin/x",
          "*",
          "/raw/x",
          "/raw;a/x",
          "/raw/../public",
          "/raw/..;/public",
          "/raw;a/..;b/public",
          "/%72aw/..;/public",
          "/%72aw/x",
          "/raw//x",
          "/raw/%2e%2e/public");

  private Evasions() {}

  /** A request as it is sent. */
  record Evasion(String name, String request) {}

  /** All of them. */
  @SuppressWarnings("StringConcatToTextBlock") // what ends lines here is the point
  static List<Evasion> all() {
    List<Evasion> all = new ArrayList<>();
    for (String target : TARGETS) {
      all.add(get(target, "HTTP/1.1", "Host: localhost"));
    }
    all.add(get("/admin/x", "HTTP/1.0", "X: y"));
    all.add(get("/admin/x", "HTTP/1.0", "Host: public"));
    all.add(get("/public/..;/admin/x", "HTTP/1.0", "X: y"));
    all.add(get("/admin/x", "HTTP/1.1", "Host: localhost\r\nHost: public"));
    all.add(get("/admin/x", "HTTP/1.1", "Host: localhost/public"));
    all.add(get("/admin/x", "HTTP/1.1", "Host:"));
    all.add(get("/admin/x", "HTTP/1.1", "Host: localhost\r\nX-Original-URL: /public"));
    all.add(get("/admin/x", "HTTP/1.1", "Host: localhost\r\nX-Rewrite-URL: /public"));
    all.add(get("/admin/x", "HTTP/1.1", "Host: localhost\r\nX-Forwarded-Prefix: /public"));
    all.add(get("/admin/x", "HTTP/1.1", "Host: localhost\r\nHeddle-Reason: none"));
    all.add(get("/admin/x", "http/1.1", "Host: localhost"));
    all.add(get("/admin/x", "HTTP/1.2", "Host: localhost"));
    for (String method :
        List.of("POST", "HEAD", "PUT", "OPTIONS", "PATCH", "get", "FOO", "GET\t")) {
      String line = method + " /admin/x HTTP/1.1";
      all.add(
          new Evasion(
              line,
              line + "\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
    }
    all.add(new Evasion("two spaces", "GET  /admin/x HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    all.add(new Evasion("a tab", "GET\t/admin/x\tHTTP/1.1\r\nHost: localhost\r\n\r\n"));
    all.add(new Evasion("no version", "GET /admin/x\r\n\r\n"));
    all.add(new Evasion("line feeds", "GET /admin/x HTTP/1.1\nHost: localhost\n\n"));
    all.add(new Evasion("an empty line first", "\r\nGET /admin/x HTTP/1.1\r\nHost: a\r\n\r\n"));
    all.add(
        new Evasion(
            "a second request behind one that is let in",
            "GET /public HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "GET /admin/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    all.add(
        new Evasion(
            "a request in the body of one that is refused",
            "POST /admin/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 41\r\n\r\n"
                + "GET /admin/x HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    return all;
  }

  private static Evasion get(String target, String version, String headers) {
    String line = "GET " + target + ' ' + version;
    return new Evasion(
        line + ", " + headers.replace("\r\n", ", "),
        line + "\r\n" + headers + "\r\nConnection: close\r\n\r\n");
  }
}
