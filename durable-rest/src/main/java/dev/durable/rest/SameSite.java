package dev.durable.rest;

import org.jspecify.annotations.Nullable;

/**
 * Whether a request that changes something may come from where it comes from. Browsers say so in
 * headers that pages cannot set; programs send none of them and are let through.
 */
final class SameSite {

  private SameSite() {}

  /**
   * Refuses requests of other sites.
   *
   * @param fetchSite the header {@code Sec-Fetch-Site}
   * @param origin the header {@code Origin}, looked at only if there is no {@code Sec-Fetch-Site}:
   *     browsers before 2023, and those that came over plain HTTP, do not send it
   * @param host the header {@code Host}
   */
  static void check(@Nullable String fetchSite, @Nullable String origin, String host) {
    if (fetchSite != null) {
      if (!fetchSite.equals("same-origin") && !fetchSite.equals("none")) {
        throw Refusal.crossSite(
            "The header Sec-Fetch-Site is \""
                + Shown.cut(fetchSite)
                + "\"; allowed: same-origin, none. Nothing was changed.");
      }
    } else if (origin != null && !isSame(origin, host)) {
      throw Refusal.crossSite(
          "The header Origin is \""
              + Shown.cut(origin)
              + "\", which is not this server. Nothing was changed.");
    }
  }

  /**
   * Only host and port are compared: behind a proxy that ends TLS, this server sees another scheme
   * than the browser.
   */
  private static boolean isSame(String origin, String host) {
    return origin.equalsIgnoreCase("https://" + host) || origin.equalsIgnoreCase("http://" + host);
  }
}
