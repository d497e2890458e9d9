/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskwire.Priority;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The text commands: the answers are gearmand's, to the ends of their lines, which are of two kinds. */
final class AdminCommands {

  private static final String OK = "OK\r\n";
  private static final String DENIED = "ERR PERMISSION_DENIED\r\n";

  private final JobBoard board;
  private final Supplier<Collection<Peer>> peers;
  private final AccessList access;
  private final AclCommands acl;
  private final String version;
  private final Consumer<Boolean> shutdown;

  /**
   * Serves all connections.
   *
   * @param shutdown ends the server, gracefully or not, in another turn
   */
  AdminCommands(
      JobBoard board,
      Supplier<Collection<Peer>> peers,
      AccessList access,
      String version,
      Consumer<Boolean> shutdown) {
    this.board = board;
    this.peers = peers;
    this.access = access;
    this.acl = new AclCommands(access);
    this.version = version;
    this.shutdown = shutdown;
  }

  /** Runs the command of a line, and sends the answer. */
  void run(String line, Peer peer) {
    String[] words =
        new String(line.getBytes(ISO_8859_1), UTF_8).stripTrailing().split(" +", -1);
    peer.socket.sendText(answer(words, peer));
  }

  private String answer(String[] words, Peer peer) {
    return switch (words[0].toLowerCase(Locale.ROOT)) {
      case "status" -> status();
      case "prioritystatus" -> priorityStatus();
      case "workers" -> workers();
      case "show" -> words.length < 2 ? unknown(words[0]) : show(words);
      case "cancel" ->
        words.length == 3 && words[1].equalsIgnoreCase("job")
            ? cancel(words[2], peer)
            : unknown(words[0]);
      case "create" -> changes(peer, words, 3, () -> create(words[2]));
      case "drop" -> changes(peer, words, 3, () -> drop(words[2]));
      case "maxqueue" ->
        words.length < 2 ? incomplete(words[0]) : changes(peer, () -> maxQueue(words));
      case "acl" -> acl.run(words, peer);
      case "version" -> "OK " + version + "\n";
      case "getpid" -> "OK " + ProcessHandle.current().pid() + "\n";
      case "verbose" -> "OK ERROR\n";
      case "shutdown" ->
        changes(peer, () -> {
          shutdown.accept(words.length > 1 && words[1].equalsIgnoreCase("graceful"));
          return OK;
        });
      default -> unknown(words[0]);
    };
  }

  private String changes(Peer peer, String[] words, int length, Supplier<String> change) {
    return words.length == length && words[1].equalsIgnoreCase("function")
        ? changes(peer, change)
        : incomplete(words[0]);
  }

  /** With an access list only those who may change that may change the server. */
  private String changes(Peer peer, Supplier<String> change) {
    return access.canGrant(peer.subject) ? change.get() : DENIED;
  }

  private static String unknown(String command) {
    return "ERR UNKNOWN_COMMAND Unknown+server+command" + command + "\r\n";
  }

  private static String incomplete(String command) {
    return "ERR INVALID_ARGUMENTS An+incomplete+set+of+arguments+was+sent+to+this+command+"
        + command + "\r\n";
  }

  private String status() {
    StringBuilder out = new StringBuilder();
    for (ServerFunction function : board.functions().all()) {
      out.append(function.name)
          .append('\t')
          .append(function.total())
          .append('\t')
          .append(function.running())
          .append('\t')
          .append(function.workers)
          .append('\n');
    }
    return out.append(".\n").toString();
  }

  private String priorityStatus() {
    StringBuilder out = new StringBuilder();
    for (ServerFunction function : board.functions().all()) {
      out.append(function.name);
      for (Priority priority : Priority.values()) {
        out.append('\t').append(function.waiting(priority));
      }
      out.append('\t').append(function.workers).append('\n');
    }
    return out.append(".\n").toString();
  }

  private String workers() {
    StringBuilder out = new StringBuilder();
    for (Peer peer : peers.get()) {
      out.append(peer.number)
          .append(' ')
          .append(peer.socket.remoteHost())
          .append(' ')
          .append(peer.clientId)
          .append(" :");
      // The one registered last comes first, as it is served first.
      for (int i = peer.abilities.size() - 1; i >= 0; i--) {
        out.append(' ').append(peer.abilities.get(i).function.name);
      }
      out.append('\n');
    }
    return out.append(".\n").toString();
  }

  private String show(String[] words) {
    StringBuilder out = new StringBuilder();
    if (words[1].equalsIgnoreCase("jobs")) {
      for (ServerJob job : board.jobs()) {
        out.append(job.handle)
            .append('\t')
            .append(job.lostRuns)
            .append('\t')
            .append(job.cancelled ? 1 : 0)
            .append('\t')
            .append(job.background ? 1 : 0)
            .append('\n');
      }
    } else if (words[1].equalsIgnoreCase("unique")
        && words.length > 2
        && words[2].equalsIgnoreCase("jobs")) {
      for (ServerJob job : board.jobs()) {
        out.append(job.unique).append('\n');
      }
    } else {
      return "ERR UNKNOWN_SHOW_ARGUMENTS\r\n";
    }
    return out.append(".\n").toString();
  }

  private String cancel(String handle, Peer peer) {
    ServerJob job = board.find(handle);
    if (job == null) {
      return "ERR UNKNOWN_JOB\r\n";
    }
    if (!access.canInvoke(peer.subject, job.function.name)) {
      return DENIED;
    }
    board.cancel(job);
    return OK;
  }

  private String create(String name) {
    ServerFunction function = board.functions().obtain(name);
    if (function == null) {
      return "ERR TOO_MANY_FUNCTIONS\r\n";
    }
    function.created = true;
    board.functions().changed(function);
    return OK;
  }

  private String drop(String name) {
    ServerFunction function = board.functions().find(name);
    if (function == null) {
      return "ERR function not found\r\n";
    }
    if (function.workers > 0 || function.running() > 0) {
      return "ERR there are still connected workers or executing clients\r\n";
    }
    board.drop(function);
    return OK;
  }

  /** One limit for all priorities, one for each from high to low, or none any more. */
  private String maxQueue(String[] words) {
    ServerFunction function = board.functions().find(words[1]);
    if (function != null) {
      boolean each = words.length > 3;
      function.limit(Priority.HIGH, limit(words, 2));
      function.limit(Priority.NORMAL, limit(words, each ? 3 : 2));
      function.limit(Priority.LOW, limit(words, each ? 4 : 2));
      board.functions().changed(function);
    }
    return OK;
  }

  /** What is missing, no number, or below zero, is no limit. */
  private static int limit(String[] words, int at) {
    try {
      return at < words.length ? Math.max(0, Integer.parseInt(words[at])) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
