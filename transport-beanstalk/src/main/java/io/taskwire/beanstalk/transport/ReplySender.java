/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.PutConnection;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the replies of a consumer. What comes up in one turn of the event loop for one caller over one connection goes into
 * one job, if the caller understands that. Each reply is answered for itself, so that its task is settled behind the
 * broker's answer as if it had been alone. Replies to one caller over one connection keep their order.
 */
final class ReplySender {

  /** Where replies meet. */
  private record Way(PutConnection connection, Tube tube) {}

  private record Waiting(Buffer reply, Promise<Reply> answer) {}

  /** The replies of this turn that go one way. */
  private static final class Batch {
    private final List<Waiting> replies = new ArrayList<>();
    private int size = ReplyBatch.emptySize();
  }

  private final Context context;
  private final long ttrSeconds;
  private final Map<Way, Batch> open = new LinkedHashMap<>();

  private int largest;
  private boolean flushPending;

  ReplySender(Context context, long ttrSeconds, int maxJobSize) {
    this.context = context;
    this.ttrSeconds = ttrSeconds;
    this.largest = Math.min(maxJobSize, ReplyBatch.MAX_BYTES);
  }

  /**
   * Sends one reply.
   *
   * @param together whether its caller takes several in a job
   * @return the broker's answer to the job that it is in
   */
  Future<Reply> send(PutConnection connection, Tube tube, Buffer reply, boolean together) {
    if (!together) {
      return put(connection, tube, reply);
    }
    Way way = new Way(connection, tube);
    Batch batch = open.get(way);
    int size = ReplyBatch.sizeOf(reply.length());
    if (batch != null && batch.size + size > largest) {
      open.remove(way);
      send(way, batch);
      batch = null;
    }
    if (ReplyBatch.emptySize() + size > largest) {
      return put(connection, tube, reply);
    }
    if (batch == null) {
      batch = new Batch();
      open.put(way, batch);
      flushLater();
    }
    Promise<Reply> answer = Promise.promise();
    batch.replies.add(new Waiting(reply, answer));
    batch.size += size;
    return answer.future();
  }

  private Future<Reply> put(PutConnection connection, Tube tube, Buffer body) {
    return connection.put(tube, Priorities.REPLY, 0, ttrSeconds, body);
  }

  private void flushLater() {
    if (!flushPending) {
      flushPending = true;
      context.runOnContext(v -> flush());
    }
  }

  private void flush() {
    flushPending = false;
    Map<Way, Batch> full = new LinkedHashMap<>(open);
    open.clear();
    full.forEach(this::send);
  }

  private void send(Way way, Batch batch) {
    if (batch.replies.size() == 1) {
      alone(way, batch.replies.get(0));
      return;
    }
    List<Buffer> replies = batch.replies.stream().map(Waiting::reply).toList();
    Buffer job = ReplyBatch.encode(replies);
    put(way.connection(), way.tube(), job).onComplete(result -> {
      if (result.failed()) {
        batch.replies.forEach(each -> each.answer().fail(result.cause()));
        return;
      }
      Reply answer = result.result();
      if (answer instanceof Reply.JobTooBig) {
        largest = Math.min(largest, job.length() - 1);
        batch.replies.forEach(each -> alone(way, each));
        return;
      }
      Reply forEach = forEach(way, answer);
      batch.replies.forEach(each -> each.answer().complete(forEach));
    });
  }

  private void alone(Way way, Waiting one) {
    put(way.connection(), way.tube(), one.reply()).onComplete(one.answer());
  }

  /** A job that was buried for want of memory is to be deleted, but once for all that are in it. */
  private static Reply forEach(Way way, Reply answer) {
    if (!(answer instanceof Reply.InsertedBuried buried)) {
      return answer;
    }
    Future<Reply> unused = way.connection().connection().send(new Command.Delete(buried.id()));
    return new Reply.OutOfMemory();
  }
}
