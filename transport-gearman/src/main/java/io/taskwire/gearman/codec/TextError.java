/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a server refuses a text command: {@code ERR}, a code and a text, of which one may be missing.
 *
 * @param code as {@code UNKNOWN_COMMAND}; empty where the server says it only in words
 * @param text in words; empty where the code says all
 */
public record TextError(String code, String text) {

  private static final Pattern CODE = Pattern.compile("([A-Z][A-Z0-9_]*)(?: (.*))?");

  /** Reads what stands behind {@code ERR}. In its texts gearmand writes a plus for a blank. */
  static TextError of(String said) {
    Matcher parts = CODE.matcher(said);
    if (!parts.matches()) {
      return new TextError("", said);
    }
    String text = parts.group(2);
    return new TextError(parts.group(1), text == null ? "" : text.replace('+', ' '));
  }
}
