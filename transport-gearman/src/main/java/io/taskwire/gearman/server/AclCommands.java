/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The text commands {@code acl …}, which gear's server has. */
final class AclCommands {

  private static final String DENIED = "ERR PERMISSION_DENIED\r\n";
  private static final String INCOMPLETE =
      "ERR INVALID_ARGUMENTS An+incomplete+set+of+arguments+was+sent+to+this+command+acl\r\n";

  private final AccessList access;

  AclCommands(AccessList access) {
    this.access = access;
  }

  /** Runs {@code acl list}, {@code acl grant}, {@code acl revoke} or {@code acl self-revoke}; gives the answer. */
  String run(String[] words, Peer peer) {
    if (!access.isEnabled()) {
      return "ERR ACL_DISABLED\r\n";
    }
    if (words.length < 2) {
      return INCOMPLETE;
    }
    return switch (words[1]) {
      case "list" ->
        String.join("", access.lines().stream().map(line -> line + "\n").toList()) + ".\n";
      case "grant" -> grant(words, peer);
      case "revoke" -> {
        if (words.length < 4) {
          yield INCOMPLETE;
        }
        yield access.canGrant(peer.subject) ? revoke(words[2], words[3]) : DENIED;
      }
      case "self-revoke" -> {
        if (words.length < 3) {
          yield INCOMPLETE;
        }
        yield peer.subject == null ? DENIED : revoke(words[2], peer.subject);
      }
      default -> "ERR UNKNOWN_ACL_COMMAND\r\n";
    };
  }

  private String grant(String[] words, Peer peer) {
    if (words.length < 4) {
      return INCOMPLETE;
    }
    if (!access.canGrant(peer.subject)) {
      return DENIED;
    }
    String subject = words[3];
    return switch (words[2]) {
      case "register" -> withPattern(words, subject, access::register);
      case "invoke" -> withPattern(words, subject, access::invoke);
      case "grant" -> done(access::grant, subject);
      default -> "ERR UNKNOWN_ACL_VERB\r\n";
    };
  }

  private static String withPattern(
      String[] words, String subject, BiConsumer<String, Pattern> change) {
    if (words.length < 5) {
      return INCOMPLETE;
    }
    try {
      change.accept(subject, Pattern.compile(words[4]));
      return "OK\r\n";
    } catch (PatternSyntaxException e) {
      return "ERR UNABLE " + e.getDescription().replace(' ', '+') + "\r\n";
    }
  }

  private String revoke(String verb, String subject) {
    return switch (verb) {
      case "register" -> done(access::revokeRegister, subject);
      case "invoke" -> done(access::revokeInvoke, subject);
      case "grant" -> done(access::revokeGrant, subject);
      case "all" -> {
        access.revokeRegister(subject);
        access.revokeInvoke(subject);
        yield done(access::revokeGrant, subject);
      }
      default -> "ERR UNKNOWN_ACL_VERB\r\n";
    };
  }

  private static String done(Consumer<String> change, String subject) {
    change.accept(subject);
    return "OK\r\n";
  }
}
