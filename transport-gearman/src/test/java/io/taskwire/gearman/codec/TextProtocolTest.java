/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextProtocolTest {

  @Test
  void a_command_ends_in_cr_lf_and_is_read_as_it_was_written() {
    Buffer out = Buffer.buffer();
    new TextCommand("create function größe").encode(out);

    assertThat(out).isEqualTo(Buffer.buffer("create function größe\r\n"));
    assertThat(Heard.requests(100, out)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "status\nshutdown", "status\r", "\0REQ", "status\0"})
  void a_command_that_is_not_one_line_is_refused(String line) {
    assertThatThrownBy(() -> new TextCommand(line)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "ERR UNKNOWN_JOB, UNKNOWN_JOB, ''",
    "ERR UNKNOWN_COMMAND Unknown+server+commandnosuch, UNKNOWN_COMMAND, Unknown server commandnosuch",
    "ERR function not found, '', function not found",
    "ERR there are still connected workers or executing clients, '', there are still connected workers or executing clients",
    "ERR, '', ''",
  })
  void a_refusal_has_a_code_or_a_text_or_both(String line, String code, String text) {
    assertThat(TextAnswer.of(List.of(line)).error()).isEqualTo(new TextError(code, text));
  }

  @Test
  void a_list_is_no_refusal_whatever_its_lines_are() {
    assertThat(TextAnswer.of(List.of("ERR UNKNOWN_JOB", ".")).error()).isNull();
    assertThat(TextAnswer.of(List.of("."))).isEqualTo(new TextAnswer(List.of(), true));
    assertThat(TextAnswer.of(List.of("ERRATIC")).error()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"OK, ''", "OK 1.1.20+ds, 1.1.20+ds", "0.14, 0.14", "OKAPI, OKAPI"})
  void a_value_stands_behind_ok_or_alone(String line, String value) {
    assertThat(TextAnswer.of(List.of(line)).value()).isEqualTo(value);
  }

  @Test
  void answers_come_back_as_they_were_written() {
    Buffer out = Buffer.buffer();
    new TextAnswer(List.of("OK"), false).encode(out);
    new TextAnswer(List.of("f\t1\t0\t0", "", "."), true).encode(out);

    assertThat(Heard.responses(100, out))
        .containsExactly("text OK", "text f\t1\t0\t0", "text ", "text .", "text .");
  }
}
