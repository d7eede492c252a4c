package dev.heddle.policy.authz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplateTest {

  @ParameterizedTest
  @CsvSource({
    "/a/{*}, /a/b, true",
    "/a/{*}, /a/, false",
    "/a/{*}, /a, false",
    "/a/{*}, /a/b/c, false",
    "/a/{*}, /a/b/, false",
    "/{*}/b/{*}, /a/b/c, true",
    "/{*}/b/{*}, /a/c/c, false",
    "/{*}/b, /b/b, true",
    "/{*}/b, //b, false",
    "/a/{**}, /a/, true",
    "/a/{**}, /a, false",
    "/a/{**}, /a/b/c/d, true",
    "/a/{**}/z, /a/b/c/z, true",
    "/a/{**}/z, /a/z, false",
    "/a/{**}/z, /a//z, true",
    "/a/{**}/z, /a/zz, false",
    "/a/{*}/{**}, /a/b/, true",
    "/a/{*}/{**}, /a/b, false",
    "/{**}, /, true",
    "/{**}/admin, /x/y/admin, true"
  })
  void aTemplateMatchesSegments(String template, String path, boolean matches) {
    assertThat(PathTemplate.parse(template).matches(path)).isEqualTo(matches);
  }
}
