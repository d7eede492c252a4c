package dev.heddle.policy.authz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.authz.AuthorizationPolicy.Action;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

  /** Ways to write /admin/users so that a rule for /admin is passed by; each a known bypass. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin;/users",
        "/admin;a=b/users",
        "/;a/admin/users",
        "/admin/users;jsessionid=1",
        "/public/..;/admin/users",
        "/public;/../admin/users",
        "/admin%3b/users",
        "/admin%3B/users",
        "//admin/users",
        "///admin/users",
        "/admin//users",
        "/./admin/users",
        "/admin/./users",
        "/admin/.",
        "/admin/..",
        "/public/../admin/users",
        "/public/x/../../admin/users",
        "/../admin/users",
        "/%2e/admin/users",
        "/%2E%2E/admin/users",
        "/public/%2e%2e/admin/users",
        "/public/.%2e/admin/users",
        "/public/%2e./admin/users",
        "/%2fadmin/users",
        "/admin%2fusers",
        "/admin%2Fusers",
        "/%2f%2fadmin/users",
        "/%5cadmin/users",
        "/admin%5Cusers",
        "/\\admin/users",
        "/public\\..\\admin/users",
        "\\admin\\users",
        "/%61dmin%252fusers",
        "/%2561dmin/users",
        "/%252e%252e/admin/users",
        "/public/%25%32%65%25%32%65/admin/users",
        "/admin%00/users",
        "/admin%00.png",
        "/admin%0a/users",
        "/admin%09",
        "/admin%7f",
        "/admin%",
        "/admin%2",
        "/admin%zz",
        "/%u0061dmin/users",
        "/%c0%afadmin/users",
        "/public/%c0%ae%c0%ae/admin/users",
        "/%e0%80%afadmin",
        "/%ff/admin",
        "/\uFF41dmin/users",
        "/%ef%bd%81dmin/users",
        "/admin%ef%bc%8fusers",
        "/%e2%80%a5/admin/users",
        "/admin%e2%88%95users",
        "/\u00E4/admin",
        "/ad min",
        "/admin\t/users",
        "/admin%3f/users",
        "/admin%23/users",
        "/admin#/../public",
        "http://host#x",
        "admin/users",
        "",
        "*",
        "example.com:443",
        "http:/admin",
        "://admin",
        "1ttp://host/admin",
        "h\u00FFtp://host/admin",
      })
  void aPathThatServersReadDifferentlyIsNotKnown(String target) {
    assertThat(RequestPath.ofTarget(target)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "/, /",
    "/admin, /admin",
    "/admin/, /admin/",
    "/ADMIN, /ADMIN",
    "/admin.json, /admin.json",
    "/admin., /admin.",
    "/.admin, /.admin",
    "/..admin, /..admin",
    "/admin.., /admin..",
    "/.../x, /.../x",
    "/admin?x=/../y;z, /admin",
    "/admin?x#y, /admin",
    "/admin?, /admin",
    "/%61dmin, /admin",
    "/%41dmin, /Admin",
    "/admin%2d%7e%5f%2Etxt, /admin-~_.txt",
    "/a%20b, /a b",
    "/a+b, /a+b",
    "/a%2Bb, /a+b",
    "/a%c3%a4b, /aäb",
    "/a:b@c$d!e, /a:b@c$d!e",
    "http://host/admin, /admin",
    "https://user@host:443/admin?x, /admin",
    "HTTP://host, /",
    "http://host?x, /",
  })
  void aPathThatAllServersReadAlikeIsDecodedOnce(String target, String path) {
    assertThat(RequestPath.ofTarget(target)).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({"/a b, /a b", "/a;b, /a;b", "/a%2fb, /a%2fb", "/a/, /a/"})
  void whatAContainerServesIsBelieved(String served, String path) {
    assertThat(RequestPath.served(served)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "/a/../b", "/./a", "/a/.", "/a\u0000b"})
  void whatNoContainerServesIsNotKnown(String served) {
    assertThat(RequestPath.served(served)).isNull();
  }

  @Test
  void anotherSpellingOfADeniedPathIsDeniedAndOfAnAllowedOneNotAllowed() {
    AuthorizationPolicy deny =
        Policies.deny(Policies.to(Policies.is(Attribute.PATH, "/admin", "/admin/*")));
    AuthorizationPolicy allow =
        Policies.policy(
            "shop/public", Action.ALLOW, Policies.to(Policies.is(Attribute.PATH, "/public/*")));
    for (String spelling :
        Arrays.asList(
            "/admin;x/", "/%61dmin", "/public/../admin", "//admin", "/public/..;/admin")) {
      TestCall call = TestCall.of("GET", RequestPath.ofTarget(spelling));

      assertThat(decide(deny, call)).as(spelling).isFalse();
      assertThat(decide(allow, call)).as(spelling).isFalse();
    }
    assertThat(decide(allow, TestCall.of("GET", RequestPath.ofTarget("/public/a")))).isTrue();
  }

  private static boolean decide(AuthorizationPolicy policy, TestCall call) {
    return Authorizer.of(Policies.only(policy)).on(TestConnection.plain()).request(call).allowed();
  }
}
