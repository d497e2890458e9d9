/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes.
 *
 * @param in the payload
 * @param out the result; an error when writing is thrown
 * @param err all else, in UTF-8
 */
record Streams(InputStream in, OutputStream out, PrintStream err) {

  /** Those of the process. {@code System.out} would swallow errors, and {@code System.err} has the locale's encoding. */
  static Streams ofProcess() {
    return new Streams(
        System.in,
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
  }
}
