/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {

  private static final Tube TUBE = Tube.of("emails");

  static Stream<Arguments> commands() {
    return Stream.of(
        Arguments.of(
            new Command.Put(10, 0, 60, Buffer.buffer("hello")), "put 10 0 60 5\r\nhello\r\n"),
        Arguments.of(
            new Command.Put(0xFFFF_FFFFL, 1, 1, Buffer.buffer()), "put 4294967295 1 1 0\r\n\r\n"),
        Arguments.of(new Command.Use(TUBE), "use emails\r\n"),
        Arguments.of(new Command.Reserve(), "reserve\r\n"),
        Arguments.of(new Command.ReserveWithTimeout(0), "reserve-with-timeout 0\r\n"),
        Arguments.of(new Command.ReserveWithTimeout(100), "reserve-with-timeout 100\r\n"),
        Arguments.of(new Command.ReserveJob(12), "reserve-job 12\r\n"),
        Arguments.of(new Command.Delete(Long.MAX_VALUE), "delete 9223372036854775807\r\n"),
        Arguments.of(new Command.Release(3, 5, 9), "release 3 5 9\r\n"),
        Arguments.of(new Command.Bury(3, 1024), "bury 3 1024\r\n"),
        Arguments.of(new Command.Touch(99), "touch 99\r\n"),
        Arguments.of(new Command.Watch(TUBE), "watch emails\r\n"),
        Arguments.of(new Command.Ignore(TUBE), "ignore emails\r\n"),
        Arguments.of(new Command.Peek(1), "peek 1\r\n"),
        Arguments.of(new Command.PeekReady(), "peek-ready\r\n"),
        Arguments.of(new Command.PeekDelayed(), "peek-delayed\r\n"),
        Arguments.of(new Command.PeekBuried(), "peek-buried\r\n"),
        Arguments.of(new Command.Kick(10), "kick 10\r\n"),
        Arguments.of(new Command.KickJob(1), "kick-job 1\r\n"),
        Arguments.of(new Command.Stats(), "stats\r\n"),
        Arguments.of(new Command.StatsJob(1), "stats-job 1\r\n"),
        Arguments.of(new Command.StatsTube(TUBE), "stats-tube emails\r\n"),
        Arguments.of(new Command.ListTubes(), "list-tubes\r\n"),
        Arguments.of(new Command.ListTubeUsed(), "list-tube-used\r\n"),
        Arguments.of(new Command.ListTubesWatched(), "list-tubes-watched\r\n"),
        Arguments.of(new Command.PauseTube(TUBE, 2), "pause-tube emails 2\r\n"),
        Arguments.of(new Command.Quit(), "quit\r\n"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void command_has_the_bytes_of_the_protocol(Command command, String bytes) {
    Buffer out = Buffer.buffer("before");
    command.encode(out);
    assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo("before" + bytes);
  }

  @Test
  void every_command_of_the_protocol_is_covered() {
    Set<Class<?>> tested =
        commands().map(pair -> pair.get()[0].getClass()).collect(Collectors.toSet());
    assertThat(tested).containsExactlyInAnyOrder(Command.class.getPermittedSubclasses());
  }

  @Test
  void commands_are_what_real_clients_sent() {
    Buffer sent = Recording.load("b10_kick").clientSaidOn(1);
    Buffer out = Buffer.buffer();
    List.of(
            new Command.Kick(10),
            new Command.Put(0, 0, 60, Buffer.buffer("b0")),
            new Command.Put(0, 0, 60, Buffer.buffer("b1")),
            new Command.Put(0, 0, 60, Buffer.buffer("b2")),
            new Command.Reserve(),
            new Command.Bury(1, 0))
        .forEach(command -> command.encode(out));
    assertThat(sent.getBuffer(0, out.length())).isEqualTo(out);
  }

  @Test
  void longest_line_fits_the_broker() {
    Tube longest = Tube.of("n".repeat(Tube.MAX_LENGTH));
    Buffer out = Buffer.buffer();
    new Command.PauseTube(longest, Command.MAX_SECONDS).encode(out);
    assertThat(out.length()).isEqualTo(224);
  }

  @Test
  void only_a_reserve_that_waits_is_blocking() {
    List<Class<?>> blocking = commands()
        .map(pair -> (Command) pair.get()[0])
        .filter(Command::blocking)
        .<Class<?>>map(Object::getClass)
        .toList();
    assertThat(blocking).containsExactly(Command.Reserve.class, Command.ReserveWithTimeout.class);
    assertThat(new Command.ReserveWithTimeout(0).blocking()).isFalse();
  }

  static Stream<ThrowingCallable> outOfRange() {
    Buffer body = Buffer.buffer("x");
    return Stream.of(
        () -> new Command.Put(-1, 0, 60, body),
        () -> new Command.Put(0x1_0000_0000L, 0, 60, body),
        () -> new Command.Put(0, -1, 60, body),
        () -> new Command.Put(0, 0x1_0000_0000L, 60, body),
        () -> new Command.Put(0, 0, 0, body),
        () -> new Command.ReserveWithTimeout(-1),
        () -> new Command.ReserveJob(-1),
        () -> new Command.Delete(-1),
        () -> new Command.Release(1, -1, 0),
        () -> new Command.Release(1, 0, -1),
        () -> new Command.Release(-1, 0, 0),
        () -> new Command.Bury(1, -1),
        () -> new Command.Kick(-1),
        () -> new Command.Kick(0x1_0000_0000L),
        () -> new Command.PauseTube(TUBE, -1));
  }

  @ParameterizedTest
  @MethodSource("outOfRange")
  void number_that_the_broker_would_misread_cannot_be_written(ThrowingCallable construction) {
    assertThatThrownBy(construction).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-dash",
        "a b",
        "a\r\nquit",
        "a\nb",
        "a\u0000b",
        "a:b",
        "a*b",
        "zażółć",
        "a\u007f",
        "tab\t",
        "\"q\""
      })
  void name_that_could_carry_a_command_is_no_tube(String name) {
    assertThatThrownBy(() -> Tube.of(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void name_of_a_tube_is_bounded() {
    assertThat(Tube.of("n".repeat(200)).name()).hasSize(200);
    assertThatThrownBy(() -> Tube.of("n".repeat(201))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void message_about_a_bad_name_does_not_repeat_its_control_characters() {
    assertThatThrownBy(() -> Tube.of("a\r\nquit"))
        .hasMessageNotContaining("\r")
        .hasMessageContaining("U+000D");
  }

  @Test
  void body_is_written_as_it_is() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    Buffer out = Buffer.buffer();
    new Command.Put(0, 0, 1, Buffer.buffer(all)).encode(out);
    byte[] bytes = out.getBytes();
    assertThat(Arrays.copyOfRange(bytes, bytes.length - 258, bytes.length - 2)).isEqualTo(all);
  }
}
