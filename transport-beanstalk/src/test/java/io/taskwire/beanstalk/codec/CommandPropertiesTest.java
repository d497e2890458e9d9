/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a caller passes: what is written is one command, and the one that was meant. */
class CommandPropertiesTest {

  @Provide
  Arbitrary<Command> commands() {
    return EveryCommand.arbitrary();
  }

  @Example
  void the_commands_tried_are_of_all_kinds() {
    assertThat(
            EveryCommand.OF_EACH_KIND.stream().map(Command::getClass).collect(Collectors.toSet()))
        .isEqualTo(
            Arrays.stream(Command.class.getPermittedSubclasses()).collect(Collectors.toSet()));
  }

  @Property
  void what_is_written_is_read_as_the_same_command(@ForAll("commands") Command command) {
    assertThat(EveryCommand.read(bytes(command))).isEqualTo(command);
  }

  @Property
  void any_text_is_a_harmless_tube_name_or_refused(@ForAll String text) {
    List<Supplier<Command>> commands = List.of(
        () -> new Command.Use(Tube.of(text)),
        () -> new Command.Watch(Tube.of(text)),
        () -> new Command.PauseTube(Tube.of(text), 1));
    for (Supplier<Command> made : commands) {
      oneCommandOrRefused(made);
    }
  }

  @Property
  void any_text_is_a_harmless_task_name_or_refused(@ForAll String text) {
    oneCommandOrRefused(() -> new Command.Use(TaskTube.of(text)));
  }

  @Property
  void any_numbers_are_taken_as_they_are_or_refused(
      @ForAll long a, @ForAll long b, @ForAll long c, @ForAll int d) {
    List<Supplier<Command>> commands = List.of(
        () -> new Command.Put(a, b, c, Buffer.buffer("x")),
        () -> new Command.Release(a, b, c),
        () -> new Command.Bury(a, b),
        () -> new Command.Delete(a),
        () -> new Command.Touch(a),
        () -> new Command.ReserveJob(a),
        () -> new Command.Peek(a),
        () -> new Command.KickJob(a),
        () -> new Command.StatsJob(a),
        () -> new Command.Kick(a),
        () -> new Command.ReserveWithTimeout(d),
        () -> new Command.PauseTube(Tube.DEFAULT, a));
    for (Supplier<Command> made : commands) {
      oneCommandOrRefused(made);
    }
  }

  private static void oneCommandOrRefused(Supplier<Command> made) {
    Command command;
    try {
      command = made.get();
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).doesNotContainPattern("[\\x00-\\x1f]");
      return;
    }
    assertThat(EveryCommand.read(bytes(command))).isEqualTo(command);
  }

  private static Buffer bytes(Command command) {
    Buffer out = Buffer.buffer();
    command.encode(out);
    if (!(command instanceof Command.Put)) {
      assertThat(out.toString(StandardCharsets.ISO_8859_1)).matches("[\\x21-\\x7e ]+\r\n");
    }
    return out;
  }
}
