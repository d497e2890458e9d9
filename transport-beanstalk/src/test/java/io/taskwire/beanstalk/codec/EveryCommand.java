/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Commands of all kinds, and a reader of them that is as strict as the protocol, and knows nothing of how they are written. */
final class EveryCommand {

  private static final Tube TUBE = Tube.of("t");

  static final List<Command> OF_EACH_KIND = List.of(
      new Command.Put(1, 2, 3, Buffer.buffer("x")),
      new Command.Use(TUBE),
      new Command.Reserve(),
      new Command.ReserveWithTimeout(1),
      new Command.ReserveJob(1),
      new Command.Delete(1),
      new Command.Release(1, 2, 3),
      new Command.Bury(1, 2),
      new Command.Touch(1),
      new Command.Watch(TUBE),
      new Command.Ignore(TUBE),
      new Command.Peek(1),
      new Command.PeekReady(),
      new Command.PeekDelayed(),
      new Command.PeekBuried(),
      new Command.Kick(1),
      new Command.KickJob(1),
      new Command.Stats(),
      new Command.StatsJob(1),
      new Command.StatsTube(TUBE),
      new Command.ListTubes(),
      new Command.ListTubeUsed(),
      new Command.ListTubesWatched(),
      new Command.PauseTube(TUBE, 1),
      new Command.Quit());

  private static final String NUMBER = " (0|[1-9][0-9]{0,18})";
  private static final String NAME = " ([A-Za-z0-9+/;.$_()][A-Za-z0-9\\-+/;.$_()]{0,199})";
  private static final Pattern NUMBERS = Pattern.compile("([a-z-]+)((?:" + NUMBER + ")*)");
  private static final Pattern TUBED = Pattern.compile("([a-z-]+)" + NAME + "(?:" + NUMBER + ")?");

  private EveryCommand() {}

  static Arbitrary<Command> arbitrary() {
    Arbitrary<Long> ids = Arbitraries.longs().greaterOrEqual(0);
    Arbitrary<Long> numbers = Arbitraries.longs().between(0, Command.MAX_PRIORITY);
    Arbitrary<Tube> tubes = tubes();
    Arbitrary<Buffer> bodies =
        Arbitraries.bytes().array(byte[].class).ofMaxSize(500).map(Buffer::buffer);
    return Arbitraries.oneOf(
        Combinators.combine(
                numbers, numbers, Arbitraries.longs().between(1, Command.MAX_SECONDS), bodies)
            .as(Command.Put::new),
        tubes.map(Command.Use::new),
        Arbitraries.just(new Command.Reserve()),
        Arbitraries.integers().greaterOrEqual(0).map(Command.ReserveWithTimeout::new),
        ids.map(Command.ReserveJob::new),
        ids.map(Command.Delete::new),
        Combinators.combine(ids, numbers, numbers).as(Command.Release::new),
        Combinators.combine(ids, numbers).as(Command.Bury::new),
        ids.map(Command.Touch::new),
        tubes.map(Command.Watch::new),
        tubes.map(Command.Ignore::new),
        ids.map(Command.Peek::new),
        Arbitraries.of(
            new Command.PeekReady(), new Command.PeekDelayed(), new Command.PeekBuried()),
        numbers.map(Command.Kick::new),
        ids.map(Command.KickJob::new),
        ids.map(Command.StatsJob::new),
        tubes.map(Command.StatsTube::new),
        Arbitraries.of(
            new Command.Stats(),
            new Command.ListTubes(),
            new Command.ListTubeUsed(),
            new Command.ListTubesWatched(),
            new Command.Quit()),
        Combinators.combine(tubes, numbers).as(Command.PauseTube::new));
  }

  static Arbitrary<Tube> tubes() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withCharRange('A', 'Z')
        .withCharRange('0', '9')
        .withChars("-+/;.$_()")
        .ofMinLength(1)
        .ofMaxLength(Tube.MAX_LENGTH)
        .filter(name -> name.charAt(0) != '-')
        .map(Tube::of);
  }

  /** Reads one command to the end of the bytes. */
  static Command read(Buffer bytes) {
    String text = bytes.toString(StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n");
    if (end < 0 || end + 2 > 224) {
      throw new AssertionError("no line of 224 bytes at most: " + text);
    }
    String line = text.substring(0, end);
    Buffer rest = bytes.getBuffer(end + 2, bytes.length());
    if (line.startsWith("put ")) {
      return put(line, rest);
    }
    if (rest.length() > 0) {
      throw new AssertionError("more than one line: " + text);
    }
    Matcher numbers = NUMBERS.matcher(line);
    if (numbers.matches()) {
      return ofNumbers(numbers.group(1), numbers(numbers.group(2)));
    }
    Matcher tubed = TUBED.matcher(line);
    if (!tubed.matches()) {
      throw new AssertionError("no command: " + line);
    }
    return ofTube(tubed.group(1), Tube.of(tubed.group(2)), tubed.group(3));
  }

  private static long[] numbers(String words) {
    return words.isEmpty()
        ? new long[0]
        : List.of(words.trim().split(" ")).stream().mapToLong(Long::parseLong).toArray();
  }

  private static Command put(String line, Buffer rest) {
    Matcher numbers = NUMBERS.matcher(line);
    if (!numbers.matches()) {
      throw new AssertionError("no put: " + line);
    }
    long[] n = numbers(numbers.group(2));
    if (n.length != 4
        || rest.length() != n[3] + 2
        || !rest.getString(rest.length() - 2, rest.length()).equals("\r\n")) {
      throw new AssertionError("a body of " + rest.length() + " bytes behind " + line);
    }
    return new Command.Put(n[0], n[1], n[2], rest.getBuffer(0, rest.length() - 2));
  }

  private static Command ofNumbers(String word, long[] n) {
    String shape = word + " " + n.length;
    return switch (shape) {
      case "reserve 0" -> new Command.Reserve();
      case "reserve-with-timeout 1" -> new Command.ReserveWithTimeout(Math.toIntExact(n[0]));
      case "reserve-job 1" -> new Command.ReserveJob(n[0]);
      case "delete 1" -> new Command.Delete(n[0]);
      case "release 3" -> new Command.Release(n[0], n[1], n[2]);
      case "bury 2" -> new Command.Bury(n[0], n[1]);
      case "touch 1" -> new Command.Touch(n[0]);
      case "peek 1" -> new Command.Peek(n[0]);
      case "peek-ready 0" -> new Command.PeekReady();
      case "peek-delayed 0" -> new Command.PeekDelayed();
      case "peek-buried 0" -> new Command.PeekBuried();
      case "kick 1" -> new Command.Kick(n[0]);
      case "kick-job 1" -> new Command.KickJob(n[0]);
      case "stats 0" -> new Command.Stats();
      case "stats-job 1" -> new Command.StatsJob(n[0]);
      case "list-tubes 0" -> new Command.ListTubes();
      case "list-tube-used 0" -> new Command.ListTubeUsed();
      case "list-tubes-watched 0" -> new Command.ListTubesWatched();
      case "quit 0" -> new Command.Quit();
      default -> {
        if (n.length == 0) {
          throw new AssertionError("no command: " + word);
        }
        yield ofTube(word, Tube.of(Long.toString(n[0])), n.length == 1 ? null : n[1] + "");
      }
    };
  }

  private static Command ofTube(String word, Tube tube, @Nullable String number) {
    return switch (word) {
      case "use" -> new Command.Use(tube);
      case "watch" -> new Command.Watch(tube);
      case "ignore" -> new Command.Ignore(tube);
      case "stats-tube" -> new Command.StatsTube(tube);
      case "pause-tube" -> new Command.PauseTube(tube, Long.parseLong(number));
      default -> throw new AssertionError("no command: " + word);
    };
  }
}
