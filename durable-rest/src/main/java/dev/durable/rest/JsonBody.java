package dev.durable.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, read as far as it may be.
 *
 * <p>Whether the text is JSON, and whether it is within the limit, is the engine's to say; here the
 * memory is protected. A little more than the limit is let through, so that the engine's refusal is
 * the one that is normally seen.
 */
final class JsonBody {

  static final int MARGIN = 64 * 1024;

  private JsonBody() {}

  /**
   * Refuses a body that is compressed. The container would unpack it, and give an empty one, or
   * half of one, for what broke off.
   *
   * @param contentEncoding the header as it came; null for none
   */
  static void refuseEncoded(@Nullable String contentEncoding) {
    if (contentEncoding != null
        && !contentEncoding.isBlank()
        && !contentEncoding.strip().equalsIgnoreCase("identity")) {
      throw Refusal.contentEncoding(contentEncoding);
    }
  }

  /**
   * The text, or null if the body is empty.
   *
   * @param contentType the header as it came; null for none
   * @param declaredLength the header {@code Content-Length}; -1 for none
   * @param limit how many bytes a payload may have
   */
  static @Nullable String read(
      InputStream body, @Nullable String contentType, long declaredLength, long limit) {
    long most = limit + MARGIN;
    if (declaredLength > most) {
      throw Refusal.bodyTooLarge(limit);
    }
    // Checked before reading: of a form, the container may have eaten the body, and it must not
    // pass for an empty one.
    if (contentType != null && declaredLength != 0 && !isJson(contentType)) {
      throw Refusal.mediaType(contentType);
    }
    byte[] bytes = bytes(body, most, limit);
    if (bytes.length == 0) {
      return null;
    }
    if (contentType == null) {
      throw Refusal.mediaType("");
    }
    return text(bytes);
  }

  private static byte[] bytes(InputStream body, long most, long limit) {
    byte[] bytes;
    try {
      bytes = body.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 8));
    } catch (IOException e) {
      throw Refusal.malformedBody("The body broke off before its end. Nothing was changed.");
    }
    if (bytes.length > most) {
      throw Refusal.bodyTooLarge(limit);
    }
    return bytes;
  }

  private static String text(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
    } catch (CharacterCodingException e) {
      throw Refusal.malformedBody(
          "The body is not valid UTF-8 from byte "
              + buffer.position()
              + " on. Nothing was changed.");
    }
  }

  private static boolean isJson(String contentType) {
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
    if (!parts[0].strip().equals("application/json")) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      if (parameter.startsWith("charset=")
          && !parameter.equals("charset=utf-8")
          && !parameter.equals("charset=us-ascii")) {
        return false;
      }
    }
    return true;
  }
}
