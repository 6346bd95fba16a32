package dev.durable.ejb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigDocumentationTest {

  private static final Path DOCUMENT = Path.of("../docs/config.md");

  /** The cells of the table under a heading. */
  private static List<List<String>> rows(String heading) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    String part = "";
    for (String line : Files.readAllLines(DOCUMENT)) {
      part = line.startsWith("## ") ? line.substring(3) : part;
      if (part.equals(heading) && line.startsWith("| `")) {
        rows.add(
            Stream.of(line.split("\\|"))
                .skip(1)
                .map(cell -> cell.strip().replace("`", ""))
                .toList());
      }
    }
    return rows;
  }

  @Test
  void theDocumentListsEverySettingWithItsDefaultAndItsRange() throws IOException {
    List<List<String>> documented =
        rows("The engine").stream().map(cells -> cells.subList(0, 3)).toList();

    List<List<String>> settings =
        Stream.of(Setting.values())
            .map(setting -> List.of(setting.key(), setting.fallback(), setting.allowed()))
            .toList();
    assertThat(documented).containsExactlyInAnyOrderElementsOf(settings);
  }

  @Test
  void theDocumentListsEverySettingOfAFunctionWithItsDefaultAndItsRange() throws IOException {
    List<List<String>> documented =
        rows("How functions are called").stream().map(cells -> cells.subList(0, 3)).toList();

    List<List<String>> settings =
        Stream.of(CallSetting.values())
            .map(s -> List.of("…." + s.suffix(), s.fallback(), s.allowed()))
            .toList();
    assertThat(documented).containsExactlyInAnyOrderElementsOf(settings);
  }

  @Test
  void theDocumentListsEveryKeyThatTheServerReads() throws IOException {
    List<String> documented = rows("The server").stream().map(cells -> cells.get(0)).toList();

    assertThat(documented).containsExactlyInAnyOrderElementsOf(UnknownKeys.OF_SERVER);
  }
}
