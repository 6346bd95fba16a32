package dev.durable.rest;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How lists go on: a page that is not the last one says where the next one begins. */
final class Pages {

  /** The name Azure gave it; the query parameter {@code continuationToken} does the same. */
  static final String TOKEN_HEADER = "x-ms-continuation-token";

  private static final String TOKEN = "continuationToken";

  private Pages() {}

  /**
   * Where the page begins that is asked for; empty for the first one.
   *
   * @param header the header {@link #TOKEN_HEADER}; null for none
   */
  static Optional<String> token(Query query, @Nullable String header) {
    return query
        .text(TOKEN)
        .or(() -> Optional.ofNullable(header).filter(value -> !value.isBlank()));
  }

  /** Reads a page. What is refused is the token if there is one: all else has been checked. */
  static <P> P read(@Nullable String token, Supplier<P> page) {
    try {
      return page.get();
    } catch (IllegalArgumentException e) {
      if (token == null) {
        throw e;
      }
      throw Refusal.parameter(TOKEN, token, "a token that this list gave, with the same filter");
    }
  }

  /**
   * The answer with the place of the next page.
   *
   * @param token where it begins; null if there is none
   * @param address of a page that begins there
   */
  static Answer linked(Answer answer, @Nullable String token, UnaryOperator<String> address) {
    if (token == null) {
      return answer;
    }
    return answer
        .with(TOKEN_HEADER, token)
        .with("Link", "<" + address.apply(token) + ">; rel=\"next\"");
  }
}
