package dev.durable.core.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.durable.FailureDetails;
import dev.durable.PayloadException;
import dev.durable.PayloadException.Problem;
import dev.durable.TaskFailedException;
import dev.durable.UnknownFunctionException;
import dev.durable.core.testing.Histories;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void typeMessageStackAndCauseAreKept() {
    FailureDetails failure =
        Failures.of(new IllegalStateException("no stock", new InterruptedException("closed")));

    assertThat(failure.type()).isEqualTo("java.lang.IllegalStateException");
    assertThat(failure.message()).isEqualTo("no stock");
    assertThat(failure.stackTrace()).contains("\tat ").contains("FailuresTest");
    assertThat(failure.nonRetriable()).isFalse();
    assertThat(failure.cause()).isNotNull();
    assertThat(failure.cause().summary()).isEqualTo("java.lang.InterruptedException: closed");
    assertThat(failure.cause().cause()).isNull();
  }

  @Test
  void aMissingMessageStaysMissing() {
    assertThat(Failures.of(new IllegalStateException()).message()).isNull();
  }

  @Test
  void aRingOfCausesIsCutAtEightLevels() {
    Exception first = new Exception("first");
    Exception second = new Exception("second", first);
    first.initCause(second);

    assertThat(levels(Failures.of(first))).isEqualTo(8);
  }

  @Test
  void theFailureOfATaskIsTheCauseAndCutAtEightLevelsAsWell() {
    FailureDetails deep = Histories.failure("0");
    for (int i = 1; i < 8; i++) {
      deep = Histories.failure("" + i, deep);
    }
    FailureDetails failure = Failures.of(new TaskFailedException(3, "charge", deep));

    assertThat(failure.cause()).isNotNull();
    assertThat(failure.cause().message()).isEqualTo("7");
    assertThat(levels(failure)).isEqualTo(8);
  }

  private static int levels(FailureDetails failure) {
    return failure.cause() == null ? 1 : 1 + levels(failure.cause());
  }

  @Test
  void whatCannotBeStoredIsReplacedInMessages() {
    assertThat(Failures.of(new Exception("a\u0000b" + (char) 0xD83D + "c\ud83d\ude80")).message())
        .isEqualTo("a\ufffdb\ufffdc\ud83d\ude80");
    assertThat(Failures.terminated("\u0000").message()).isEqualTo("\ufffd");
  }

  @Test
  void longMessagesAndStacksAreCut() {
    FailureDetails failure = Failures.of(deepException(300, "x".repeat(10_000)));

    assertThat(failure.message()).hasSize(4_000);
    assertThat(failure.stackTrace()).hasSizeLessThanOrEqualTo(8_000);
  }

  private static Exception deepException(int depth, String message) {
    return depth == 0 ? new Exception(message) : deepException(depth - 1, message);
  }

  @Test
  void anExceptionThatCannotEvenSayItsMessageIsRecorded() {
    Exception broken =
        new Exception() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            throw new IllegalStateException();
          }
        };
    assertThat(Failures.of(broken).message())
        .isEqualTo("(getMessage() of the exception threw java.lang.IllegalStateException)");
  }

  @Test
  void anExceptionWhoseMethodsOverflowOrGiveNothingIsRecorded() {
    Exception broken =
        new Exception() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            throw new StackOverflowError();
          }

          @Override
          public Throwable getCause() {
            throw new UnsupportedOperationException();
          }

          @Override
          public StackTraceElement[] getStackTrace() {
            return null;
          }
        };

    FailureDetails failure = Failures.of(broken);

    assertThat(failure.message())
        .isEqualTo("(getMessage() of the exception threw java.lang.StackOverflowError)");
    assertThat(failure.cause()).isNull();
    assertThat(failure.stackTrace()).isEmpty();
  }

  @Test
  void noRetryHelpsAgainstWrongPayloadsAndUnknownFunctions() {
    assertThat(Failures.of(new PayloadException(Problem.MISMATCH, "x")).nonRetriable()).isTrue();
    assertThat(Failures.of(new UnknownFunctionException("activity", "x", List.of())).nonRetriable())
        .isTrue();
  }

  @Test
  void theClassesThatAnExceptionExtendsAreKnownWithoutLoadingIt() {
    FailureDetails failure =
        Failures.of(new IllegalStateException("outer", new NumberFormatException("x")));

    assertThat(failure.superTypes()).isEmpty();
    assertThat(failure.isA("java.lang.IllegalStateException")).isTrue();
    assertThat(failure.isA("java.lang.IllegalArgumentException")).isFalse();
    assertThat(failure.cause()).isNotNull();
    assertThat(failure.cause().superTypes()).containsExactly("java.lang.IllegalArgumentException");
    assertThat(failure.isCausedBy(IllegalArgumentException.class)).isTrue();
    assertThat(failure.isCausedBy(RuntimeException.class)).isFalse();
  }
}
