/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandErrorsTest {

  private final List<String> progress = new ArrayList<>();

  private String read(String stderr) throws IOException {
    return new CommandErrors((done, total) -> progress.add(done + "/" + total))
        .read(new ByteArrayInputStream(stderr.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void lines_of_progress_are_reported_and_the_others_are_the_message() throws IOException {
    assertThat(read("begin\n1/3\n2/3 or so\n 2/3\n3/3\r\nend ¡\n"))
        .isEqualTo("begin\n2/3 or so\n 2/3\nend ¡");
    assertThat(progress).containsExactly("1/3", "3/3");
  }

  @Test
  void the_end_of_a_long_line_is_no_progress() throws IOException {
    String line = "x".repeat(400) + "1/2\n";

    assertThat(read(line + "2/2\n")).isEqualTo(line.strip());
    assertThat(progress).containsExactly("2/2");
  }

  @Test
  void only_the_end_of_much_is_kept() throws IOException {
    String message = read("y".repeat(1_000_000) + "the reason");

    assertThat(message).hasSize(8 * 1024).endsWith("the reason");
  }

  @Test
  void without_progress_every_line_is_message() throws IOException {
    String message = new CommandErrors(null)
        .read(new ByteArrayInputStream("1/3\n".getBytes(StandardCharsets.UTF_8)));

    assertThat(message).isEqualTo("1/3");
  }
}
