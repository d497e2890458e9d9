/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskTubeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my_task",
        "default",
        "a-b+c/d;e.f$g_h(i)",
        "$",
        "$4",
        "cash$flow",
        "a$$b",
        "Emails.send"
      })
  void plain_name_is_its_own_tube(String name) {
    assertThat(TaskTube.of(name).name()).isEqualTo(name);
    assertThat(TaskTube.taskName(TaskTube.of(name))).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "a:b, a$3Ab",
    "-x, $2Dx",
    "a-x, a-x",
    "two words, two$20words",
    "é, $C3$A9",
    "$41, $2441",
    "$4é, $4$C3$A9",
    "tw.r.abc, $74w.r.abc",
    "tw.task, tw.task"
  })
  void other_name_is_escaped_and_comes_back(String name, String tube) {
    assertThat(TaskTube.of(name).name()).isEqualTo(tube);
    assertThat(TaskTube.taskName(Tube.of(tube))).isEqualTo(name);
  }

  @Test
  void line_break_cannot_reach_the_broker() {
    assertThat(TaskTube.of("a\r\nquit\r\n").name()).isEqualTo("a$0D$0Aquit$0D$0A");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\ud800", "a\udc00b"})
  void name_that_is_no_text_is_refused(String name) {
    assertThatThrownBy(() -> TaskTube.of(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void name_that_does_not_fit_is_refused_with_its_length() {
    assertThat(TaskTube.of("é".repeat(33)).name()).hasSize(198);
    assertThatThrownBy(() -> TaskTube.of("é".repeat(34)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("204");
  }

  @Test
  void tube_with_escapes_that_are_no_text_keeps_its_own_name() {
    assertThat(TaskTube.taskName(Tube.of("a$FF"))).isEqualTo("a$FF");
  }

  @Property
  void any_name_of_dollars_digits_and_others_comes_back(
      @ForAll
          @StringLength(min = 1, max = 22)
          @Chars({'$', '-', '.', 'A', 'F', 'G', 'f', ':', ' ', '\r', '\n', '\u00e9', '\u20ac'})
          @CharRange(from = '0', to = '9')
          String name) {
    Tube tube = TaskTube.of(name);
    assertThat(TaskTube.taskName(tube)).isEqualTo(name);
  }
}
