package dev.durable.bench.jmh;

import dev.durable.core.spi.Payloads;
import dev.durable.core.testing.JsonbConverter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What users hand over becomes JSON text, and again a value. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PayloadBenchmark {

  /** Something that an application would hand over; about 350 characters of JSON. */
  public record Order(String id, String customer, long total, List<Line> lines) {

    /** A part of it. */
    public record Line(String article, int quantity, long price) {}
  }

  private static final Order ORDER =
      new Order(
          "order-4711",
          "customer-42",
          19_990,
          IntStream.range(0, 5)
              .mapToObj(i -> new Order.Line("article-" + i, i + 1, 1_999L))
              .toList());

  private final Payloads payloads = new Payloads(new JsonbConverter(), 1024 * 1024);
  private final String orderText = String.valueOf(payloads.write(ORDER, "an order"));

  /** A record with a list of records. */
  @Benchmark
  public @Nullable String writeOrder() {
    return payloads.write(ORDER, "an order");
  }

  /** The same, back. */
  @Benchmark
  public @Nullable Object readOrder() {
    return payloads.read(orderText, Order.class, "an order");
  }

  /** What a step of the other benchmarks hands over. */
  @Benchmark
  public @Nullable String writeNumber() {
    return payloads.write(4711, "a number");
  }

  /** The same, back. */
  @Benchmark
  public @Nullable Object readNumber() {
    return payloads.read("4711", Integer.class, "a number");
  }
}
