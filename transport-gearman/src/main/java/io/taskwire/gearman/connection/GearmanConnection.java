/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.GearmanTimeoutException;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.FrameListener;
import io.taskwire.gearman.codec.FrameParser;
import io.taskwire.gearman.codec.JobCreated;
import io.taskwire.gearman.codec.MalformedFrameException;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.codec.TextAnswer;
import io.taskwire.gearman.codec.TextCommand;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.gearman.codec.WorkData;
import io.taskwire.gearman.codec.WorkException;
import io.taskwire.gearman.codec.WorkFail;
import io.taskwire.gearman.codec.WorkStatus;
import io.taskwire.gearman.codec.WorkWarning;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.Ticker;
import io.taskwire.spi.Tls;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One socket to a server. Everything happens on the event loop of its context. Once closed it stays closed.
 *
 * <p>At each heartbeat the server is asked for an answer, and if nothing at all comes from it during {@value
 * #SILENT_BEATS} more the connection is closed: the peer's machine may have vanished without a word.
 */
public final class GearmanConnection {

  private static final long SHUTDOWN_MILLIS = 3_000;
  private static final int SILENT_BEATS = 2;

  /** While our own bytes wait to be sent the server may have no occasion to answer. */
  private static final int SILENT_BEATS_WHILE_SENDING = 6;

  private final Context context;
  private final NetSocket socket;
  private final String broker;
  private final ConnectionOwner owner;
  private final @Nullable Tls tls;
  private final int maxPayload;
  private final Ticker heartbeat;
  private final WriteBatch batch;
  private final InFlight inFlight = new InFlight();
  private final FrameParser<Response> parser;
  private final Runnable beat = this::beat;
  private final Promise<Void> gone = Promise.promise();
  private boolean established;
  private boolean closed;
  private boolean unwritableReported;
  private int silentBeats;
  private int holds;

  public GearmanConnection(
      Context context,
      NetSocket socket,
      String broker,
      int maxPayload,
      Ticker heartbeat,
      @Nullable Tls tls,
      ConnectionOwner owner) {
    this.tls = tls;
    this.context = context;
    this.socket = socket;
    this.broker = broker;
    this.owner = owner;
    this.maxPayload = maxPayload;
    this.heartbeat = heartbeat;
    batch = new WriteBatch(context, socket, this::flushed);
    parser = FrameParser.responses(new Dispatch(), maxPayload);
    heartbeat.add(beat);
  }

  /**
   * Begins to read, and finds out whether the peer is a server.
   *
   * @return completes when it has answered; fails when the connection is closed before
   */
  public Future<Void> start() {
    socket.handler(this::read);
    socket.exceptionHandler(cause -> close(lost(cause)));
    socket.closeHandler(end -> close(lost(null)));
    socket.drainHandler(drained -> reportWritable());
    send(Exceptions.REQUEST, Exceptions.REPLY);
    return barrier().onSuccess(answered -> established = true);
  }

  private BrokerConnectException lost(@Nullable Throwable cause) {
    if (tls != null) {
      return tls.lost(broker, cause);
    }
    String what =
        cause == null || cause.getMessage() == null ? "the broker closed it" : cause.getMessage();
    return new BrokerConnectException(
        "the connection to " + broker + " is lost: " + what, true, cause);
  }

  private void read(Buffer chunk) {
    silentBeats = 0;
    parser.feed(chunk);
    if (!closed) {
      owner.endOfChunk();
    }
  }

  /** Sends a request that has no answer, or one that names a job. Dropped when the connection is closed. */
  public void send(Request request) {
    if (!closed) {
      batch.append(request);
    }
  }

  /** Sends a request and waits in line for its answer. */
  public void send(Request request, Reply reply) {
    if (closed) {
      reply.failed(lost(null), false);
      return;
    }
    batch.append(request);
    inFlight.add(reply);
  }

  /** Sends a text command and waits in line for its answer. */
  void send(TextCommand command, Reply reply) {
    if (closed) {
      reply.failed(lost(null), false);
      return;
    }
    command.encode(batch.open());
    inFlight.add(reply);
  }

  /**
   * Sends a text command.
   *
   * @param limit how long to wait; an answer that comes later is dropped
   * @return what the server says, which may be that it refuses; fails if there is no answer, or one longer than the limit of
   *     payloads, and when the connection is closed
   */
  public Future<TextAnswer> ask(TextCommand command, Duration limit) {
    Promise<TextAnswer> answer = Promise.promise();
    long timeout = context
        .owner()
        .setTimer(
            Math.max(1, limit.toMillis()),
            id -> answer.tryFail(new GearmanTimeoutException(
                broker + " has not answered \"" + command.line() + "\" within " + limit.toMillis()
                    + " ms",
                null)));
    TextReply.send(this, command, maxPayload, answer);
    return answer.future().onComplete(done -> context.owner().cancelTimer(timeout));
  }

  /** Hears of a job from now on. */
  public void listen(String handle, JobListener listener) {
    inFlight.add(handle, listener);
  }

  /** Hears of a job no more. */
  public void forget(String handle, JobListener listener) {
    inFlight.remove(handle, listener);
  }

  /** Completes when the server has taken all that was sent so far. */
  public Future<Void> barrier() {
    Promise<Void> taken = Promise.promise();
    Barrier.send(this, taken);
    return taken.future();
  }

  /** Reads no more from the socket until {@link #releaseReading} was called as often. Silence is no loss meanwhile. */
  public void holdReading() {
    holds++;
    if (holds == 1 && !closed) {
      socket.pause();
    }
  }

  /** Takes one {@link #holdReading} back. */
  public void releaseReading() {
    if (holds > 0 && --holds == 0 && !closed) {
      silentBeats = 0;
      socket.resume();
    }
  }

  public boolean isWritable() {
    boolean writable = !closed && batch.isWritable();
    unwritableReported |= !writable;
    return writable;
  }

  public String broker() {
    return broker;
  }

  public Context context() {
    return context;
  }

  private void flushed() {
    inFlight.sent();
    reportWritable();
  }

  private void reportWritable() {
    if (unwritableReported && !closed && batch.isWritable()) {
      unwritableReported = false;
      owner.writable();
    }
  }

  private void beat() {
    boolean asked = owner.heartbeat();
    if (closed || holds > 0) {
      return;
    }
    silentBeats++;
    int limit = socket.writeQueueFull() ? SILENT_BEATS_WHILE_SENDING : SILENT_BEATS;
    if (silentBeats > limit) {
      close(new BrokerConnectException(
          broker + " has not answered for " + heartbeat.period().toMillis() * silentBeats + " ms",
          true,
          null));
    } else if (!asked) {
      barrier();
    }
  }

  /**
   * Waits until the server has taken what was sent so far, though not for long, and closes.
   *
   * @return completes when the socket is closed
   */
  public Future<Void> shutdown(Throwable cause) {
    if (!closed) {
      if (holds > 0) {
        // The answer that is waited for can only be read now.
        holds = 0;
        socket.resume();
      }
      long limit = context.owner().setTimer(SHUTDOWN_MILLIS, id -> close(cause));
      barrier().onComplete(taken -> {
        context.owner().cancelTimer(limit);
        close(cause);
      });
    }
    return gone.future();
  }

  /**
   * Closes the socket at once, and fails everybody who waits with the cause. Only the first call counts.
   *
   * @return completes when the socket is closed
   */
  public Future<Void> close(Throwable cause) {
    if (closed) {
      return gone.future();
    }
    closed = true;
    batch.close();
    heartbeat.remove(beat);
    inFlight.fail(cause);
    socket.close().onComplete(done -> gone.tryComplete());
    owner.closed(cause);
    return gone.future();
  }

  /** Sends each packet to whom it concerns. */
  private final class Dispatch implements FrameListener<Response> {

    @Override
    public void frame(Response frame) {
      if (closed) {
        return;
      }
      switch (frame.type()) {
        case JOB_CREATED, ECHO_RES, OPTION_RES, STATUS_RES, STATUS_RES_UNIQUE, ERROR ->
          answer(frame);
        case WORK_COMPLETE -> {
          WorkComplete complete = (WorkComplete) frame;
          JobListener listener = last(complete.handle());
          if (listener != null) {
            listener.completed(complete.data());
          }
        }
        case WORK_EXCEPTION -> {
          WorkException exception = (WorkException) frame;
          JobListener listener = last(exception.handle());
          if (listener != null) {
            listener.threw(exception.data());
          }
        }
        case WORK_FAIL -> {
          JobListener listener = last(((WorkFail) frame).handle());
          if (listener != null) {
            listener.failed();
          }
        }
        case WORK_STATUS -> {
          WorkStatus status = (WorkStatus) frame;
          JobListener listener = inFlight.next(status.handle());
          if (listener != null) {
            listener.status(status.numerator(), status.denominator());
          }
        }
        case WORK_DATA -> {
          WorkData data = (WorkData) frame;
          JobListener listener = inFlight.next(data.handle());
          if (listener != null) {
            listener.data(data.data());
          }
        }
        case WORK_WARNING -> {
          WorkWarning warning = (WorkWarning) frame;
          JobListener listener = inFlight.next(warning.handle());
          if (listener != null) {
            listener.warning(warning.data());
          }
        }
        default -> owner.worker(frame);
      }
    }

    private void answer(Response frame) {
      Reply reply = inFlight.answered(frame);
      if (reply != null) {
        reply.answered(frame);
      } else if (frame instanceof ErrorResponse error) {
        owner.unaskedError(error);
      } else {
        String handle = frame instanceof JobCreated created ? " of " + created.handle() : "";
        close(protocol(frame.type() + handle + " answers nothing that was asked", null));
      }
    }

    private @Nullable JobListener last(String handle) {
      JobListener listener = inFlight.last(handle);
      if (listener == null) {
        owner.lateResult(handle);
      }
      return listener;
    }

    @Override
    public void oversized(Response frame, long payloadLength) {
      if (closed) {
        return;
      }
      if (frame instanceof WorkComplete complete) {
        tooLarge(complete.handle(), payloadLength);
      } else if (frame instanceof WorkException exception) {
        tooLarge(exception.handle(), payloadLength);
      } else if (frame instanceof WorkData data) {
        JobListener listener = inFlight.next(data.handle());
        if (listener != null) {
          listener.dataTooLarge(payloadLength);
        }
      } else if (frame instanceof WorkWarning warning) {
        JobListener listener = inFlight.next(warning.handle());
        if (listener != null) {
          listener.warningTooLarge(payloadLength);
        }
      } else {
        owner.oversizedJob(frame, payloadLength);
      }
    }

    private void tooLarge(String handle, long length) {
      JobListener listener = last(handle);
      if (listener != null) {
        listener.tooLarge(length);
      }
    }

    @Override
    public void text(String line) {
      if (!closed && !inFlight.text(line)) {
        close(protocol("it says \"" + line.substring(0, Math.min(line.length(), 80)) + '"', null));
      }
    }

    @Override
    public void malformed(MalformedFrameException failure) {
      if (!closed) {
        close(protocol(failure.getMessage(), failure));
      }
    }

    private BrokerConnectException protocol(@Nullable String what, @Nullable Throwable cause) {
      return new BrokerConnectException(
          broker + " does not speak Gearman's protocol: " + what, established, cause);
    }
  }
}
