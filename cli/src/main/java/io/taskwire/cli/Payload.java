/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import java.io.IOException;
import java.io.InputStream;

/** Reads a payload to its end. */
final class Payload {

  private Payload() {}

  /**
   * Reads all there is.
   *
   * @throws IllegalArgumentException if there is more than allowed, which is not read then
   */
  static byte[] read(InputStream in, int most) throws IOException {
    byte[] bytes = in.readNBytes(most);
    if (bytes.length == most && in.read() >= 0) {
      throw new IllegalArgumentException(
          "the payload has more than " + most + " bytes, which is what maxPayload allows");
    }
    return bytes;
  }
}
