package dev.durable.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressFilterTest {

  private static final String LIST = "http://localhost:9080/durable/api/v1/instances";

  @Test
  void properAddressesPass() {
    passes(LIST, null);
    passes(LIST + "/a.b_c:d@e-1", "showInput=false");
    passes(LIST + "/a%3Bb%7C", "top=1&continuationToken=a%2Bb%3D&x=[1]&semi=;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a|b", "a{b}", "a\"b", "a<b", "a[b]", "a^b", "a`b", "a%zz"})
  void aPathWithCharactersThatMustBeEncodedIsRefused(String id) {
    refuses(LIST + "/" + id, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a|b=1", "a={b}", "a=\"b", "timeout=%zz", "timeout=%"})
  void aQueryWithCharactersThatMustBeEncodedIsRefused(String query) {
    refuses(LIST, query);
  }

  /** The server would cut it off, and start another instance than the caller wants. */
  @Test
  void anIdThatASemicolonWouldCutIsRefused() {
    refuses(LIST + "/order;1", null);
  }

  private static void passes(String url, @Nullable String query) {
    assertThat(AddressFilter.problem(url, query)).isEmpty();
  }

  private static void refuses(String url, @Nullable String query) {
    assertThat(AddressFilter.problem(url, query))
        .hasValueSatisfying(problem -> assertThat(problem.status()).isEqualTo(400));
  }
}
