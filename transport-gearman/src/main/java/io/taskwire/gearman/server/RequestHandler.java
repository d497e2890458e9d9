/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import io.taskwire.Priority;
import io.taskwire.gearman.codec.CanDo;
import io.taskwire.gearman.codec.CanDoTimeout;
import io.taskwire.gearman.codec.CantDo;
import io.taskwire.gearman.codec.EchoReq;
import io.taskwire.gearman.codec.EchoRes;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.FrameListener;
import io.taskwire.gearman.codec.GetStatus;
import io.taskwire.gearman.codec.GetStatusUnique;
import io.taskwire.gearman.codec.MalformedFrameException;
import io.taskwire.gearman.codec.OptionReq;
import io.taskwire.gearman.codec.OptionRes;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.SetClientId;
import io.taskwire.gearman.codec.StatusRes;
import io.taskwire.gearman.codec.StatusResUnique;
import io.taskwire.gearman.codec.SubmitJob;
import io.taskwire.gearman.codec.SubmitJobBg;
import io.taskwire.gearman.codec.SubmitJobEpoch;
import io.taskwire.gearman.codec.SubmitJobHigh;
import io.taskwire.gearman.codec.SubmitJobHighBg;
import io.taskwire.gearman.codec.SubmitJobLow;
import io.taskwire.gearman.codec.SubmitJobLowBg;
import io.taskwire.gearman.codec.SubmitReduceJob;
import io.taskwire.gearman.codec.SubmitReduceJobBackground;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.gearman.codec.WorkData;
import io.taskwire.gearman.codec.WorkException;
import io.taskwire.gearman.codec.WorkFail;
import io.taskwire.gearman.codec.WorkStatus;
import io.taskwire.gearman.codec.WorkWarning;
import java.util.Locale;
import java.util.function.Consumer;

/** Does what the packets of one connection ask for. */
final class RequestHandler implements FrameListener<Request> {

  private static final ErrorResponse UNKNOWN_OPTION =
      new ErrorResponse("UNKNOWN_OPTION", "Server does not recognize given option");
  private static final ErrorResponse UNEXPECTED =
      new ErrorResponse("INVALID_COMMAND", "Command not expected");

  /** So that milliseconds have room in an int; nobody waits for 24 days. */
  private static final long MAX_LIMIT_SECONDS = Integer.MAX_VALUE / 1_000;

  private final Peer peer;
  private final JobBoard board;
  private final Submits submits;
  private final Work work;
  private final AccessList access;
  private final AdminCommands admin;
  private final Tally tally;
  private final int maxPayload;
  private final int maxAbilities;
  private final Consumer<String> malformed;

  /**
   * Serves a connection.
   *
   * @param malformed closes the connection, and is told why
   */
  RequestHandler(
      Peer peer,
      JobBoard board,
      AccessList access,
      AdminCommands admin,
      Tally tally,
      int maxPayload,
      int maxAbilities,
      Consumer<String> malformed) {
    this.peer = peer;
    this.board = board;
    this.submits = new Submits(peer, board, access, tally);
    this.work = new Work(peer, board, tally);
    this.access = access;
    this.admin = admin;
    this.tally = tally;
    this.maxPayload = maxPayload;
    this.maxAbilities = maxAbilities;
    this.malformed = malformed;
  }

  @Override
  public void frame(Request frame) {
    if (peer.socket.isClosed()) {
      return;
    }
    tally.packetsReceived++;
    switch (frame.type()) {
      case SUBMIT_JOB -> {
        SubmitJob job = (SubmitJob) frame;
        submits.foreground(job.function(), job.unique(), job.payload(), Priority.NORMAL);
      }
      case SUBMIT_JOB_HIGH -> {
        SubmitJobHigh job = (SubmitJobHigh) frame;
        submits.foreground(job.function(), job.unique(), job.payload(), Priority.HIGH);
      }
      case SUBMIT_JOB_LOW -> {
        SubmitJobLow job = (SubmitJobLow) frame;
        submits.foreground(job.function(), job.unique(), job.payload(), Priority.LOW);
      }
      case SUBMIT_JOB_BG -> {
        SubmitJobBg job = (SubmitJobBg) frame;
        submits.background(job.function(), job.unique(), job.payload(), Priority.NORMAL);
      }
      case SUBMIT_JOB_HIGH_BG -> {
        SubmitJobHighBg job = (SubmitJobHighBg) frame;
        submits.background(job.function(), job.unique(), job.payload(), Priority.HIGH);
      }
      case SUBMIT_JOB_LOW_BG -> {
        SubmitJobLowBg job = (SubmitJobLowBg) frame;
        submits.background(job.function(), job.unique(), job.payload(), Priority.LOW);
      }
      case SUBMIT_JOB_EPOCH -> submits.epoch((SubmitJobEpoch) frame);
      case SUBMIT_REDUCE_JOB -> submits.reduce((SubmitReduceJob) frame);
      case SUBMIT_REDUCE_JOB_BACKGROUND -> submits.reduce((SubmitReduceJobBackground) frame);
      case GRAB_JOB, GRAB_JOB_UNIQ, GRAB_JOB_ALL -> work.grab(frame.type());
      case WORK_COMPLETE -> work.complete((WorkComplete) frame);
      case WORK_FAIL -> work.fail((WorkFail) frame);
      case WORK_EXCEPTION -> work.exception((WorkException) frame);
      case WORK_DATA -> work.data((WorkData) frame);
      case WORK_WARNING -> work.warning((WorkWarning) frame);
      case WORK_STATUS -> work.status((WorkStatus) frame);
      case CAN_DO -> canDo(((CanDo) frame).function(), 0);
      case CAN_DO_TIMEOUT -> {
        CanDoTimeout ability = (CanDoTimeout) frame;
        canDo(ability.function(), ability.timeout());
      }
      case CANT_DO -> cantDo(((CantDo) frame).function());
      case RESET_ABILITIES -> board.unregisterAll(peer);
      case PRE_SLEEP -> board.sleep(peer);
      case SET_CLIENT_ID -> peer.clientId = ((SetClientId) frame).clientId();
      case GET_STATUS -> status(((GetStatus) frame).handle());
      case GET_STATUS_UNIQUE -> statusOfUnique(((GetStatusUnique) frame).unique());
      case ECHO_REQ -> peer.socket.send(new EchoRes(((EchoReq) frame).data()));
      case OPTION_REQ -> option(((OptionReq) frame).option());
      // SUBMIT_JOB_SCHED and ALL_YOURS, which gearmand refuses too.
      default -> peer.socket.send(UNEXPECTED);
    }
  }

  private void canDo(String name, long limitSeconds) {
    if (!access.canRegister(peer.subject, name)) {
      peer.socket.send(
          AccessList.denied("register", name)); // the worker hears of it, though unasked
      return;
    }
    boolean room = peer.abilities.size() < maxAbilities || peer.ability(name) != null;
    ServerFunction function = room ? board.functions().obtain(name) : null;
    if (function == null) {
      peer.socket.send(new ErrorResponse("QUEUE_ERROR", "Too many functions"));
    } else {
      board.register(peer, function, Math.min(limitSeconds, MAX_LIMIT_SECONDS) * 1_000);
    }
  }

  private void cantDo(String name) {
    Ability ability = peer.ability(name);
    if (ability != null) {
      board.unregister(peer, ability);
    }
  }

  private void status(String handle) {
    ServerJob job = board.find(handle);
    peer.socket.send(
        job == null
            ? new StatusRes(handle, false, false, 0, 0)
            : new StatusRes(handle, true, job.worker != null, job.numerator, job.denominator));
  }

  private void statusOfUnique(String unique) {
    ServerJob job = board.findUnique(unique);
    peer.socket.send(
        job == null
            ? new StatusResUnique(unique, false, false, 0, 0, 0)
            : new StatusResUnique(
                unique, true, job.worker != null, job.numerator, job.denominator, job.clientCount));
  }

  private void option(String name) {
    // Some clients end the name with a NUL.
    String option = name.endsWith("\0") ? name.substring(0, name.length() - 1) : name;
    if (option.toLowerCase(Locale.ROOT).equals("exceptions")) {
      peer.wantsExceptions = true;
      peer.socket.send(new OptionRes(name));
    } else {
      peer.socket.send(UNKNOWN_OPTION);
    }
  }

  @Override
  public void oversized(Request frame, long payloadLength) {
    if (peer.socket.isClosed()) {
      return;
    }
    tally.packetsReceived++;
    String what =
        "The payload of " + payloadLength + " bytes is over the server's limit of " + maxPayload;
    switch (frame.type()) {
      case WORK_COMPLETE -> work.tooLarge(((WorkComplete) frame).handle(), what);
      case WORK_EXCEPTION -> work.tooLarge(((WorkException) frame).handle(), what);
      case WORK_DATA -> work.tooLarge(((WorkData) frame).handle(), what);
      // A submit or an echo, which wait for an answer; or a warning, which is lost.
      default -> {
        tally.rejected++;
        peer.socket.send(new ErrorResponse("ARGUMENT_TOO_LARGE", what));
      }
    }
  }

  @Override
  public void text(String line) {
    if (!peer.socket.isClosed()) {
      tally.textCommands++;
      admin.run(line, peer);
    }
  }

  @Override
  public void malformed(MalformedFrameException failure) {
    tally.malformed++;
    malformed.accept(String.valueOf(failure.getMessage()));
  }
}
