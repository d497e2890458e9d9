/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.interop;

import io.taskwire.tck.peer.ForeignProgram;
import java.nio.file.Path;
import java.util.List;

/** A foreign library, driven by the scripts of {@code src/test/resources/interop}. */
enum Peer {
  /** The extension for PHP, which stands on libgearman. */
  PHP("php", "php"),
  /** Gearman::Client and Gearman::Worker. */
  PERL("perl", "pl");

  private final String interpreter;
  private final String ending;

  Peer(String interpreter, String ending) {
    this.interpreter = interpreter;
    this.ending = ending;
  }

  /** A client that submits one job and writes what it hears. */
  ForeignProgram client(int port, String function, String mode, String unique, byte[] payload) {
    return new ForeignProgram(
            List.of(interpreter, script("client"), Integer.toString(port), function, mode, unique))
        .stdin(payload);
  }

  /** A worker for {@code PREFIX_echo}, {@code _empty}, {@code _fail}, {@code _throw} and {@code _stream}. */
  ForeignProgram worker(int port, String prefix) {
    return new ForeignProgram(
        List.of(interpreter, script("worker"), Integer.toString(port), prefix));
  }

  private String script(String role) {
    return Path.of("src/test/resources/interop", role + "." + ending).toString();
  }
}
