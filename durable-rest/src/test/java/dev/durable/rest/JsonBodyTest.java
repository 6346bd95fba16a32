package dev.durable.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

  private static final int LIMIT = 1000;
  private static final int MOST = LIMIT + JsonBody.MARGIN;
  private static final long CHUNKED = -1;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON; charset=UTF-8",
        "application/json;charset=\"utf-8\""
      })
  void textIsReadAsItIs(String contentType) {
    assertThat(JsonBody.read(stream(" {\"ä\":1.0}\n"), contentType, CHUNKED, LIMIT))
        .isEqualTo(" {\"ä\":1.0}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "identity, gzip"})
  void aCompressedBodyIsRefused(String encoding) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> JsonBody.refuseEncoded(encoding));

    assertThat(refusal.problem().status()).isEqualTo(415);
    assertThat(refusal.problem().detail()).contains(encoding);
  }

  @Test
  void aBodyAsItIsIsNotCompressed() {
    JsonBody.refuseEncoded(null);
    JsonBody.refuseEncoded("");
    JsonBody.refuseEncoded("Identity");
  }

  @Test
  void anEmptyBodyIsNoneWhateverItsType() {
    assertThat(JsonBody.read(stream(""), null, CHUNKED, LIMIT)).isNull();
    assertThat(JsonBody.read(stream(""), null, 0, LIMIT)).isNull();
    assertThat(JsonBody.read(stream(""), "application/json", 0, LIMIT)).isNull();
    assertThat(JsonBody.read(stream(""), "application/x-www-form-urlencoded", 0, LIMIT)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "application/json; charset=utf-16",
        "text/plain; application/json",
        ""
      })
  void otherTypesAreRefused(String contentType) {
    assertThat(refused(stream("{}"), contentType, 2).status()).isEqualTo(415);
  }

  @Test
  void aBodyWithoutTypeIsRefused() {
    assertThat(refused(stream("{}"), null, 2).status()).isEqualTo(415);
    assertThat(refused(stream("{}"), null, CHUNKED).status()).isEqualTo(415);
  }

  @Test
  void aFormWhoseBodyTheContainerHasEatenIsNotAnEmptyBody() {
    assertThat(refused(stream(""), "application/x-www-form-urlencoded", 2).status()).isEqualTo(415);
  }

  @Test
  void aBodyThatSaysItIsTooLargeIsNotRead() {
    CountingStream body = new CountingStream();

    Problem problem = refused(body, "application/json", MOST + 1);

    assertThat(problem.status()).isEqualTo(413);
    assertThat(problem.detail()).contains("1000 bytes");
    assertThat(body.read).isZero();
  }

  @Test
  void anEndlessBodyIsReadToTheLimitAndAMarginOnly() {
    CountingStream body = new CountingStream();

    assertThat(refused(body, "application/json", CHUNKED).status()).isEqualTo(413);
    assertThat(body.read).isEqualTo(MOST + 1);
  }

  @Test
  void aBodyALittleOverTheLimitIsTheEnginesToRefuse() {
    assertThat(JsonBody.read(stream(" ".repeat(MOST)), "application/json", CHUNKED, LIMIT))
        .hasSize(MOST);
  }

  @Test
  void whatIsNotUtf8IsRefusedSayingWhere() {
    byte[] latin1 = {'"', 'a', (byte) 0xe4, '"'};

    Problem problem = refused(new ByteArrayInputStream(latin1), "application/json", 4);

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.detail()).contains("byte 2");
  }

  @Test
  void aBodyThatBreaksOffIsRefused() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };

    assertThat(refused(broken, "application/json", 5).status()).isEqualTo(400);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static Problem refused(InputStream body, @Nullable String contentType, long length) {
    return catchThrowableOfType(
            Refusal.class, () -> JsonBody.read(body, contentType, length, LIMIT))
        .problem();
  }

  /** Blanks without end. */
  private static final class CountingStream extends InputStream {

    private long read;

    @Override
    public int read() {
      read++;
      return ' ';
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      Arrays.fill(buffer, offset, offset + length, (byte) ' ');
      read += length;
      return length;
    }
  }
}
