package dev.durable.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapesTest {

  @Test
  void allMeansAllAndNoneMeansNone() {
    assertThat(Shapes.parse("all")).isEqualTo(Shapes.ALL);
    assertThat(Shapes.parse("none")).isEmpty();
  }

  @Test
  void sizeAndTimeCanBeChanged() {
    Shape snapshot = Shapes.parse("pages,snapshot:seconds=600:size=2").get(1);

    assertThat(snapshot.name()).isEqualTo("snapshot");
    assertThat(snapshot.seconds()).isEqualTo(600);
    assertThat(snapshot.size()).isEqualTo(2);
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Shapes.parse("square"))
        .hasMessage(
            "There is no shape square; there are lengths, widths, wide, waiting, backlog, snapshot, pages, all, none");
  }

  @Test
  void aChangeThatIsNotUnderstoodIsRefusedWithTheForm() {
    assertThatThrownBy(() -> Shapes.parse("pages:rows=7"))
        .hasMessageContaining("\"rows=7\" is not understood; the form is name[:size=n]");
    assertThatThrownBy(() -> Shapes.parse("pages:size=0"))
        .hasMessage("Shape pages: size must be at least 1");
  }
}
