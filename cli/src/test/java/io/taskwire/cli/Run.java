/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * One run of the program, in this process.
 *
 * @param code its exit code
 * @param stdout what it wrote there
 * @param stderr what it wrote there
 */
record Run(int code, String stdout, String stderr) {

  static Run of(String stdin, String... arguments) {
    return of(stdin.getBytes(StandardCharsets.UTF_8), arguments);
  }

  static Run of(byte[] stdin, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Streams streams = new Streams(
        new ByteArrayInputStream(stdin), out, new PrintStream(err, true, StandardCharsets.UTF_8));
    int code = Taskwire.commandLine(streams).execute(arguments);
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
