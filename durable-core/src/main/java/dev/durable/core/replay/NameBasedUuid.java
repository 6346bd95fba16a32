package dev.durable.core.replay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** UUIDs that follow from a name (RFC 9562 section 5.5, version 5). */
final class NameBasedUuid {

  /** The name space: a random UUID, fixed for ever because histories depend on it. */
  private static final UUID NAME_SPACE = UUID.fromString("5b6f2f43-7c1c-4f0b-8f6a-3c1d8d0b9d52");

  private NameBasedUuid() {}

  static UUID of(String executionId, int number) {
    return of(executionId + "/" + number);
  }

  static UUID of(String name) {
    MessageDigest sha1;
    try {
      sha1 = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(
          "Every Java platform has SHA-1 (java.security.MessageDigest)", e);
    }
    sha1.update(
        ByteBuffer.allocate(16)
            .putLong(NAME_SPACE.getMostSignificantBits())
            .putLong(NAME_SPACE.getLeastSignificantBits())
            .array());
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
    long high = (hash.getLong() & ~0xF000L) | 0x5000L;
    long low = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }
}
