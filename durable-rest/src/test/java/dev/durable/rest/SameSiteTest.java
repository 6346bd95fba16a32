package dev.durable.rest;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SameSiteTest {

  @Test
  void programsSendNothingAndAreLetThrough() {
    allowed(null, null);
  }

  @Test
  void pagesOfThisServerAreLetThrough() {
    allowed("same-origin", "https://durable.example:9443");
    allowed("none", null);
    allowed(null, "https://durable.example:9443");
    allowed(null, "http://Durable.example:9443");
  }

  @Test
  void behindAProxyTheBrowsersWordCounts() {
    allowed("same-origin", "https://outside.example");
  }

  @Test
  void otherSitesAreRefused() {
    refused("cross-site", null);
    refused("same-site", "https://durable.example:9443");
    refused("unheard-of", null);
    refused(null, "https://evil.example");
    refused(null, "https://durable.example");
    refused(null, "https://durable.example:9443.evil.example");
    refused(null, "null");
    refused(null, "");
  }

  private static void allowed(@Nullable String fetchSite, @Nullable String origin) {
    assertThatCode(() -> SameSite.check(fetchSite, origin, "durable.example:9443"))
        .doesNotThrowAnyException();
  }

  private static void refused(@Nullable String fetchSite, @Nullable String origin) {
    assertThatThrownBy(() -> SameSite.check(fetchSite, origin, "durable.example:9443"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("Nothing was changed");
  }
}
