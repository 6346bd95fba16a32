package dev.durable.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Tags in a query: {@code tag=customer=ada&tag=region=eu}. What is before the first {@code =} is
 * the name, which has none.
 *
 * <p>They are checked here because the client's refusal does not say which argument it means.
 */
final class Tags {

  static final String PARAMETER = "tag";

  private static final int MOST = 20;
  private static final int LONGEST_VALUE = 200;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]{1,100}");
  private static final String ALLOWED =
      "name=value, each name once, with 1 to 100 characters of A-Z a-z 0-9 _ . : - and a value of at most "
          + LONGEST_VALUE
          + " printable characters";

  private Tags() {}

  static Map<String, String> of(Query query) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (String tag : query.texts(PARAMETER)) {
      int end = tag.indexOf('=');
      String name = end < 0 ? tag : tag.substring(0, end);
      String value = end < 0 ? "" : tag.substring(end + 1);
      boolean valid =
          end > 0
              && NAME.matcher(name).matches()
              && value.length() <= LONGEST_VALUE
              && EventNames.isPrintable(value);
      if (!valid || tags.put(name, value) != null) {
        throw Refusal.parameter(PARAMETER, tag, ALLOWED);
      }
    }
    if (tags.size() > MOST) {
      throw Refusal.parameter(PARAMETER, tags.size() + " tags", "at most " + MOST + " tags");
    }
    return tags;
  }
}
