/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * The name of a tube, valid by construction: 1 to 200 bytes of {@code A-Za-z0-9-+/;.$_()}, not starting with a hyphen.
 * Nothing else reaches a command line, so a name cannot carry a second command.
 */
public final class Tube {

  /** Longest name, in bytes. */
  public static final int MAX_LENGTH = 200;

  /** The tube that every connection watches and uses when it opens. */
  public static final Tube DEFAULT = new Tube("default");

  private static final String PUNCTUATION = "-+/;.$_()";

  private final String name;
  private final byte[] bytes;

  private Tube(String name) {
    this.name = name;
    this.bytes = name.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Names a tube.
   *
   * @param name the name as the broker knows it
   * @return the tube
   * @throws IllegalArgumentException if the broker would refuse the name; {@link TaskTube} makes a valid one of any text
   */
  public static Tube of(String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a tube name has 1 to " + MAX_LENGTH
          + " bytes, this one has " + name.length() + " characters");
    }
    if (name.charAt(0) == '-') {
      throw new IllegalArgumentException("a tube name does not start with a hyphen");
    }
    for (int i = 0; i < name.length(); i++) {
      if (!allowed(name.charAt(i))) {
        throw new IllegalArgumentException(
            String.format("a tube name has no character U+%04X (at %d)", (int) name.charAt(i), i));
      }
    }
    return new Tube(name);
  }

  static boolean allowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || PUNCTUATION.indexOf(c) >= 0;
  }

  /**
   * The name as the broker knows it.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  void appendTo(Buffer out) {
    out.appendBytes(bytes);
  }

  /** A command of a word, with the blank behind it, and this name. */
  void appendLine(Buffer out, byte[] word) {
    out.appendBytes(word);
    appendTo(out);
    out.appendBytes(Ascii.CRLF);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tube tube && tube.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
