/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

  private static Run run(String commandLine) {
    return Run.of("hello", commandLine.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "submit --queue memory:a",
        "submit --queue memory:a --task",
        "submit --queue memory:a --task t --raw --json",
        "submit --queue memory:a --task t --timeout 10",
        "submit --queue memory:a --task t --timeout 0s",
        "submit --queue memory:a --task t --delay -1s",
        "submit --queue memory:a --task t --priority urgent",
        "submit --queue memory:a --task t --count 0",
        "submit --queue memory:a --task t --count 2 --progress",
        "submit --queue memory:a --task t --count 2 --background",
        "submit --queue memory:a --task t --progress --no-response",
        "submit --queue memory:a --task t --progress --background",
        "submit --queue memory:a --task t --count many",
        "submit --queue memory:a?maxPayload=1KB --task t",
        "submit --queue memory:a?timeuot=1s --task t",
        "submit --queue nowhere://host --task t",
        "work --queue memory:a --task t",
        "work --queue memory:a --task t --builtin nothing",
        "work --queue memory:a --task t --builtin sleep:long",
        "work --queue memory:a --task t --builtin count",
        "work --queue memory:a --task t --builtin echo --progress",
        "admin --queue memory:a status",
        "admin --queue gearman://127.0.0.1:1",
        "admin --queue gearman://127.0.0.1:1 nonsense",
        "work --queue memory:a --task t --builtin echo --exec cat",
        "work --queue memory:a --task t --builtin echo --concurrency 0",
        "ping --queue memory:a more",
        "capabilities telegraph",
      })
  void wrong_arguments_are_a_usage_error_without_a_stack_trace(String commandLine) {
    Run run = run(commandLine);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.stdout()).isEmpty();
    assertThat(run.stderr()).startsWith("taskwire: ").doesNotContain("\tat ");
  }

  @Test
  void no_arguments_at_all_are_a_usage_error() {
    assertThat(Run.of("").code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "submit --help", "work --help", "ping --help"})
  void help_tells_the_exit_codes(String commandLine) {
    Run run = run(commandLine);

    assertThat(run.code()).isZero();
    assertThat(run.stdout()).contains("Exit codes: 0 done", "6 cannot connect");
    assertThat(run.stderr()).isEmpty();
  }

  @Test
  void an_unknown_scheme_is_answered_with_those_there_are() {
    assertThat(run("capabilities telegraph").stderr())
        .contains("\"telegraph\"", "amqp", "beanstalk", "gearman", "memory");
  }

  @Test
  void capabilities_show_every_transport_or_one() {
    assertThat(run("capabilities").stdout().lines().findFirst())
        .hasValueSatisfying(head -> assertThat(head.split(" +"))
            .containsExactly("feature", "beanstalk", "gearman", "memory", "rabbitmq"));
    assertThat(run("capabilities gearman").stdout())
        .containsPattern("(?m)^feature +gearman$")
        .containsPattern("(?m)^results +native$")
        .containsPattern("(?m)^TLS +emulated$")
        .containsPattern("(?m)^cancel running +none$");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ping gearman://me:pass-word@127.0.0.1:1",
        "ping --queue gearman://me:pass-word@127.0.0.1:99999",
        "ping --queue gearman://me:pass-word@127.0.0.1:1?pass-word=1",
        "ping --queue gearman://me:pass-word@127.0.0.1:1",
        "ping --qeueu=gearman://me:pass-word@127.0.0.1:1",
        "submit --task t --timeout gearman://me:pass-word@127.0.0.1:1",
      })
  void a_password_is_not_shown(String commandLine) {
    Run run = run(commandLine);

    assertThat(run.code()).isNotZero();
    assertThat(run.stderr()).isNotEmpty().doesNotContain("pass-word@");
  }
}
