/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What real clients sent, well formed or not, beside what we write. */
class RecordedCommandsTest {

  private static final Pattern PUT = Pattern.compile("put \\d+ \\d+ \\d+ (\\d{1,6})");

  @Test
  void every_well_formed_command_of_the_recordings_is_written_with_the_same_bytes() {
    Set<Class<?>> kinds = new LinkedHashSet<>();
    int read = 0;
    for (String name : Recording.NAMES) {
      for (Buffer stream : Recording.load(name).fromClient().values()) {
        for (int at = 0, end; at < stream.length(); at = end) {
          end = endOfCommand(stream, at);
          Buffer bytes = stream.getBuffer(at, end);
          Command command = readOrNull(bytes);
          if (command != null) {
            Buffer written = Buffer.buffer();
            command.encode(written);
            assertThat(written).as("%s: %s", name, command).isEqualTo(bytes);
            kinds.add(command.getClass());
            read++;
          }
        }
      }
    }
    assertThat(read).isGreaterThan(300);
    assertThat(kinds).hasSameSizeAs(EveryCommand.OF_EACH_KIND);
  }

  private static int endOfCommand(Buffer stream, int at) {
    String text = stream.getString(at, stream.length(), StandardCharsets.ISO_8859_1.name());
    int line = text.indexOf("\r\n");
    if (line < 0) {
      return stream.length();
    }
    Matcher put = PUT.matcher(text.substring(0, line));
    int end = line + 2;
    if (put.matches()) {
      int behind = end + Integer.parseInt(put.group(1));
      end = text.startsWith("\r\n", behind) ? behind + 2 : end;
    }
    return at + end;
  }

  /** Null for what no client should send; the recordings have such lines to see what the server says. */
  private static @Nullable Command readOrNull(Buffer bytes) {
    try {
      return EveryCommand.read(bytes);
    } catch (AssertionError | IllegalArgumentException | ArithmeticException malformed) {
      return null;
    }
  }
}
