/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a command writes to stderr: its end is kept as the message of a failure, and lines of progress are taken out of it. */
final class CommandErrors {

  /** As much as a failure carries. */
  private static final int MESSAGE_BYTES = 8 * 1024;

  private static final Pattern PROGRESS = Pattern.compile("(\\d{1,18})/(\\d{1,18})\r?\n");

  /** Longer lines are no progress, and are passed on in pieces. */
  private static final int LONGEST = 40;

  private final @Nullable Progress progress;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean wholeLine = true;

  /** Where progress is reported. */
  interface Progress {
    void report(long done, long total);
  }

  /**
   * Prepares to read.
   *
   * @param progress null to take everything for the message
   */
  CommandErrors(@Nullable Progress progress) {
    this.progress = progress;
  }

  /** Reads to the end. */
  String read(InputStream stderr) throws IOException {
    InputStream in = new BufferedInputStream(stderr);
    for (int next = in.read(); next >= 0; next = in.read()) {
      line.write(next);
      if (next == '\n' || line.size() == LONGEST) {
        take();
        wholeLine = next == '\n';
      }
    }
    take();
    return new String(last(kept.toByteArray()), StandardCharsets.UTF_8).strip();
  }

  private void take() {
    Progress listener = progress;
    Matcher matcher = PROGRESS.matcher(line.toString(StandardCharsets.ISO_8859_1));
    if (listener != null && wholeLine && matcher.matches()) {
      listener.report(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    } else {
      kept.writeBytes(line.toByteArray());
      if (kept.size() > 2 * MESSAGE_BYTES) {
        byte[] last = last(kept.toByteArray());
        kept.reset();
        kept.writeBytes(last);
      }
    }
    line.reset();
  }

  private static byte[] last(byte[] bytes) {
    return Arrays.copyOfRange(bytes, Math.max(0, bytes.length - MESSAGE_BYTES), bytes.length);
  }
}
