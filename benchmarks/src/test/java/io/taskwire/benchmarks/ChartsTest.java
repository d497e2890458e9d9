/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ChartsTest {

  private final Report report = new Report();

  @TempDir
  private Path folder;

  @Test
  void each_kind_of_figure_is_drawn_with_its_names() throws Exception {
    Row row = new Row("gearman", "round trips <256>", 0);
    Beside raw = row.beside("raw & sockets", 0.5);
    for (Placement placement : Placement.values()) {
      row.ours().add(placement, new Measurement(100, 1_000_000_000, 10_000, 20_000, 30_000));
      raw.theirs().add(placement, new Measurement(300, 1_000_000_000, 1_000, 2_000, 3_000));
    }
    report.add(List.of(row));

    assertThat(Charts.write(report, folder.resolve("new")))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("ratios.svg", "rates-gearman.svg", "latency.svg");
    assertThat(texts("new/ratios.svg"))
        .contains("gearman, round trips <256> / raw & sockets", "Taskwire");
    assertThat(texts("new/rates-gearman.svg")).contains("round trips <256>", "raw & sockets");
    assertThat(texts("new/latency.svg")).contains("p99", "p99.9");
  }

  @Test
  void nothing_is_drawn_of_nothing() {
    assertThat(Charts.write(report, folder)).isEmpty();
  }

  @Test
  void a_row_that_nobody_is_beside_has_its_rate_drawn() throws Exception {
    Row row = new Row("memory", "round trips", 1_000_000);
    row.ours().add(Placement.ANY_CORE, Measurement.withoutLatencies(900_000, 1_000_000_000));
    report.add(List.of(row));

    assertThat(Charts.write(report, folder)).hasSize(1);
    assertThat(texts("rates-memory.svg")).contains("round trips", "1 M");
  }

  /** Reads them as XML, so that a file that is none is noticed. */
  private List<String> texts(String file) throws Exception {
    Document document = DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(bytes(folder.resolve(file))));
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < document.getElementsByTagName("text").getLength(); i++) {
      texts.add(document.getElementsByTagName("text").item(i).getTextContent());
    }
    return texts;
  }

  private static byte[] bytes(Path file) throws IOException {
    return Files.readAllBytes(file);
  }
}
