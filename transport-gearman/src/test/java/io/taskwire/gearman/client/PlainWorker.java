/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import io.taskwire.gearman.codec.CanDo;
import io.taskwire.gearman.codec.FrameListener;
import io.taskwire.gearman.codec.FrameParser;
import io.taskwire.gearman.codec.GrabJobAll;
import io.taskwire.gearman.codec.JobAssign;
import io.taskwire.gearman.codec.JobAssignAll;
import io.taskwire.gearman.codec.JobAssignUniq;
import io.taskwire.gearman.codec.MalformedFrameException;
import io.taskwire.gearman.codec.NoJob;
import io.taskwire.gearman.codec.Noop;
import io.taskwire.gearman.codec.PreSleep;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.tck.bed.Await;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A worker that speaks the protocol packet by packet, one job at a time. */
final class PlainWorker implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final NetClient client = vertx.createNetClient();
  private final NetSocket socket;

  /** The jobs it got, in their order. */
  final LinkedBlockingQueue<JobAssignAll> jobs = new LinkedBlockingQueue<>();

  PlainWorker(int port, String function, BiConsumer<JobAssignAll, PlainWorker> handler) {
    socket = Await.value(client.connect(port, "127.0.0.1"));
    FrameParser<Response> parser = FrameParser.responses(new Listener(handler), 64 << 20);
    socket.handler(parser::feed);
    send(new CanDo(function), new GrabJobAll());
  }

  /** One that answers at once with the payload backwards. */
  static PlainWorker reversing(int port, String function) {
    return new PlainWorker(
        port,
        function,
        (job, worker) -> worker.complete(
            job, new StringBuilder(job.payload().toString()).reverse().toString()));
  }

  /** One that takes jobs and leaves them to the test. */
  static PlainWorker holding(int port, String function) {
    return new PlainWorker(port, function, (job, worker) -> {});
  }

  JobAssignAll take() {
    try {
      JobAssignAll job = jobs.poll(Await.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (job == null) {
        throw new AssertionError("no job came");
      }
      return job;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  void send(Request... requests) {
    Buffer out = Buffer.buffer();
    for (Request request : requests) {
      request.encodeRequest(out);
    }
    socket.write(out);
  }

  /** Ends a job and asks for the next. */
  void complete(JobAssignAll job, String result) {
    send(new WorkComplete(job.handle(), Buffer.buffer(result)), new GrabJobAll());
  }

  @Override
  public void close() {
    Await.done(vertx.close());
  }

  private final class Listener implements FrameListener<Response> {
    private final BiConsumer<JobAssignAll, PlainWorker> handler;

    Listener(BiConsumer<JobAssignAll, PlainWorker> handler) {
      this.handler = handler;
    }

    @Override
    public void frame(Response frame) {
      // A server answers GRAB_JOB_ALL with the shortest packet that says all there is to say.
      if (frame instanceof JobAssignAll job) {
        got(job);
      } else if (frame instanceof JobAssignUniq job) {
        got(new JobAssignAll(job.handle(), job.function(), job.unique(), "", job.payload()));
      } else if (frame instanceof JobAssign job) {
        got(new JobAssignAll(job.handle(), job.function(), "", "", job.payload()));
      } else if (frame instanceof NoJob) {
        send(new PreSleep());
      } else if (frame instanceof Noop) {
        send(new GrabJobAll());
      }
    }

    private void got(JobAssignAll job) {
      jobs.add(job);
      handler.accept(job, PlainWorker.this);
    }

    @Override
    public void oversized(Response frame, long payloadLength) {
      throw new AssertionError("oversized " + frame);
    }

    @Override
    public void text(String line) {
      throw new AssertionError("text " + line);
    }

    @Override
    public void malformed(MalformedFrameException failure) {
      throw new AssertionError(failure);
    }
  }
}
