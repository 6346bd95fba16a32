package dev.durable.core.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the steps of a script gave, as text. Those of a child stand in brackets. */
final class Tokens {

  private static final Pattern EVENT = Pattern.compile("g\\d+");

  private Tokens() {}

  /** The parts between separators, those in brackets left whole. */
  static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int begin = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == separator && depth == 0) {
        parts.add(text.substring(begin, i));
        begin = i + 1;
      }
    }
    if (!text.isEmpty()) {
      parts.add(text.substring(begin));
    }
    return parts;
  }

  /** The events that the script itself has received, in order. */
  static List<String> events(List<String> tokens) {
    List<String> events = new ArrayList<>();
    for (String token : tokens) {
      Matcher matcher = EVENT.matcher(withoutChildren(token));
      while (matcher.find()) {
        events.add(matcher.group());
      }
    }
    return events;
  }

  private static String withoutChildren(String token) {
    if (token.indexOf('(') < 0) {
      return token;
    }
    StringBuilder own = new StringBuilder();
    int depth = 0;
    for (char c : token.toCharArray()) {
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        own.append(c);
      }
    }
    return own.toString();
  }

  static boolean isEvent(String token) {
    return EVENT.matcher(token).matches();
  }
}
