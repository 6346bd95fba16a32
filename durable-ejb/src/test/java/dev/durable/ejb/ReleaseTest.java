package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReleaseTest {

  @Test
  void theBuildHasWrittenItsVersion() {
    assertThat(Release.version()).matches("\\d+\\.\\d+\\.\\d+(-\\w+)?");
  }
}
