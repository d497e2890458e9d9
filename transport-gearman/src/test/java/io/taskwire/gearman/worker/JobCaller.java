/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.JobCreated;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.codec.SubmitJob;
import io.taskwire.gearman.codec.SubmitJobBg;
import io.taskwire.gearman.connection.GearmanConnection;
import io.taskwire.gearman.connection.GearmanConnector;
import io.taskwire.gearman.connection.IdleOwner;
import io.taskwire.gearman.connection.JobListener;
import io.taskwire.gearman.connection.Reply;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.tck.bed.Await;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;

/** Submits jobs to one server and keeps what it hears of them, in words. */
final class JobCaller implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final GearmanConnector connector =
      new GearmanConnector(context, 1 << 24, Duration.ofSeconds(10), Duration.ofSeconds(10));
  private final GearmanConnection connection;

  JobCaller(int port) {
    Promise<GearmanConnection> opened = Promise.promise();
    context.runOnContext(
        on -> connector.open(new HostPort("127.0.0.1", port), new IdleOwner()).onComplete(opened));
    connection = Await.value(opened.future());
  }

  /** Submits a foreground job; gives what is heard of it until its end, once the server has it. */
  Call submit(String function, String payload) {
    return submit(new SubmitJob(function, "", Buffer.buffer(payload)));
  }

  void background(String function, String payload) {
    submit(new SubmitJobBg(function, "", Buffer.buffer(payload)));
  }

  Call submit(Request request) {
    Call call = new Call();
    Promise<String> created = Promise.promise();
    context.runOnContext(on -> connection.send(request, new Reply() {
      @Override
      public boolean accepts(Response answer) {
        return answer instanceof JobCreated || answer instanceof ErrorResponse;
      }

      @Override
      public void answered(Response answer) {
        if (answer instanceof JobCreated job) {
          connection.listen(job.handle(), call);
          created.complete(job.handle());
        } else {
          created.fail(answer.toString());
        }
      }

      @Override
      public void failed(Throwable cause, boolean sent) {
        created.fail(cause);
      }
    }));
    call.handle = Await.value(created.future());
    return call;
  }

  @Override
  public void close() {
    Await.done(vertx.close());
  }

  /** One job, as its caller sees it. */
  static final class Call implements JobListener {

    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private String handle = "";

    String handle() {
      return handle;
    }

    /** The next thing that is heard. */
    String next() {
      try {
        String next = heard.poll(Await.LIMIT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
        if (next == null) {
          throw new AssertionError("nothing was heard of " + handle);
        }
        return next;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    boolean isSilent() {
      return heard.isEmpty();
    }

    @Override
    public void status(long numerator, long denominator) {
      heard.add("status " + numerator + "/" + denominator);
    }

    @Override
    public void data(Buffer data) {
      heard.add("data " + data);
    }

    @Override
    public void completed(Buffer data) {
      heard.add("complete " + data);
    }

    @Override
    public void threw(Buffer data) {
      heard.add("exception " + data);
    }

    @Override
    public void failed() {
      heard.add("fail");
    }

    @Override
    public void tooLarge(long length) {
      heard.add("too large");
    }

    @Override
    public void lost(Throwable cause) {
      heard.add("lost");
    }
  }
}
