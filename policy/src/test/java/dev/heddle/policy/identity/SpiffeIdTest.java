package dev.heddle.policy.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpiffeIdTest {

  @Test
  void anIdentityComesBackFromItsUri() {
    SpiffeId id = SpiffeId.of("cluster.local", "shop", "cart");

    assertThat(id.uri()).isEqualTo("spiffe://cluster.local/ns/shop/sa/cart");
    assertThat(id.principal()).isEqualTo("cluster.local/ns/shop/sa/cart");
    assertThat(Objects.requireNonNull(SpiffeId.parse(id.uri()))).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "spiffe://",
        "cluster.local/ns/shop/sa/cart",
        "https://cluster.local/ns/shop/sa/cart",
        "SPIFFE://cluster.local/ns/shop/sa/cart",
        "spiffe://cluster.local",
        "spiffe://cluster.local/ns/shop",
        "spiffe://cluster.local/ns/shop/sa/",
        "spiffe://cluster.local/ns//sa/cart",
        "spiffe:///ns/shop/sa/cart",
        "spiffe://Cluster.Local/ns/shop/sa/cart",
        "spiffe://cluster.local:80/ns/shop/sa/cart",
        "spiffe://user@cluster.local/ns/shop/sa/cart",
        "spiffe://cluster.local/ns/shop/sa/cart/",
        "spiffe://cluster.local/ns/shop/sa/cart/more",
        "spiffe://cluster.local/sa/cart/ns/shop",
        "spiffe://cluster.local/ns/../sa/cart",
        "spiffe://cluster.local/ns/shop/sa/ca%72t",
        "spiffe://cluster.local/ns/shop/sa/cart?x",
        "spiffe://cluster.local/ns/shop/sa/cart#x",
        "spiffe://cluster.local/ns/shop/sa/car\u0000t",
      })
  void whatIsNoIdentityOfAWorkloadIsNone(String uri) {
    assertThat(SpiffeId.parse(uri)).isNull();
  }

  @Test
  void aUriLongerThanSpiffeAllowsIsNone() {
    StringBuilder account = new StringBuilder();
    for (int i = 0; i < 2048; i++) {
      account.append('a');
    }
    assertThat(SpiffeId.parse("spiffe://cluster.local/ns/shop/sa/" + account)).isNull();
  }

  @Test
  void partsThatWouldForgeAnotherIdentityAreRefusedWithWhatWasExpected() {
    assertThatThrownBy(() -> SpiffeId.of("cluster.local", "shop/sa/admin", "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("namespace \"shop/sa/admin\"")
        .hasMessageContaining("expected:");
  }
}
