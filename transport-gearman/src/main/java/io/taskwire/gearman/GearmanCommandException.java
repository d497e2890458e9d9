/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

/** A server refuses an admin command: {@code ERR}. */
public final class GearmanCommandException extends GearmanException {

  private static final long serialVersionUID = 1;

  /** What was asked. */
  private final String command;

  /** The server's name for the reason. */
  private final String code;

  /** The reason in words. */
  private final String text;

  /**
   * Creates one.
   *
   * @param server host and port
   * @param command what was asked
   * @param code the server's name for the reason, empty if it gives none
   * @param text the reason in words, empty if it gives none
   */
  public GearmanCommandException(String server, String command, String code, String text) {
    super(
        server + " refuses \"" + command + "\": "
            + (code.isEmpty() || text.isEmpty() ? code + text : code + " (" + text + ")"),
        null);
    this.command = command;
    this.code = code;
    this.text = text;
  }

  /**
   * Gives what was asked.
   *
   * @return the command, without its line end
   */
  public String command() {
    return command;
  }

  /**
   * Gives the server's name for the reason, as {@code UNKNOWN_COMMAND}, {@code UNKNOWN_JOB} or {@code INVALID_ARGUMENTS}.
   *
   * @return the code; empty where the server gives only words, as gearmand does for {@code drop function}
   */
  public String code() {
    return code;
  }

  /**
   * Gives the reason in the server's words.
   *
   * @return the text, empty where the code says all
   */
  public String text() {
    return text;
  }
}
