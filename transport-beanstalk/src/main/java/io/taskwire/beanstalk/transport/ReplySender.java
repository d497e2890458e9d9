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
 * Puts the replies of a consumer. What comes up for one caller over one connection goes into one job, if the caller
 * understands that: in one turn of the event loop, or, up to some number, while the broker's answer to the job before is on
 * its way. So nothing waits on a quiet connection, and a busy one has less to do. Each reply is answered for itself, so that its
 * task is settled behind the broker's answer as if it had been alone. Replies to one caller over one connection keep their
 * order.
 */
final class ReplySender {

  /** So many are worth a job of their own, though another is under way. */
  private static final int ENOUGH = 16;

  /** Where replies meet. */
  private record Way(PutConnection connection, Tube tube) {}

  private record Waiting(Buffer reply, Promise<Reply> answer) {}

  /** The replies that go one way next, and the jobs under way there. */
  private static final class Lane {
    private List<Waiting> next = new ArrayList<>();
    private int size = ReplyBatch.emptySize();
    private int unanswered;

    boolean isDue() {
      return unanswered == 0 || next.size() >= ENOUGH;
    }
  }

  private final Context context;
  private final long ttrSeconds;

  /** Those with replies or jobs under way, and no others. */
  private final Map<Way, Lane> lanes = new LinkedHashMap<>();

  private int largest;
  private boolean flushPending;

  ReplySender(Context context, long ttrSeconds, int maxJobSize) {
    this.context = context;
    this.ttrSeconds = ttrSeconds;
    this.largest = Math.min(maxJobSize, ReplyBatch.MAX_BYTES);
  }

  long ttrSeconds() {
    return ttrSeconds;
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
    Lane lane = lanes.computeIfAbsent(way, none -> new Lane());
    int size = ReplyBatch.sizeOf(reply.length());
    if (lane.size + size > largest) {
      flush(way, lane);
    }
    Promise<Reply> answer = Promise.promise();
    lane.next.add(new Waiting(reply, answer));
    lane.size += size;
    if (lane.size > largest) {
      flush(way, lane);
    } else if (lane.isDue()) {
      flushLater();
    }
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
    // A lost connection answers at once, and its lane goes.
    for (Map.Entry<Way, Lane> each : List.copyOf(lanes.entrySet())) {
      if (each.getValue().isDue()) {
        flush(each.getKey(), each.getValue());
      }
    }
  }

  private void flush(Way way, Lane lane) {
    List<Waiting> replies = lane.next;
    if (replies.isEmpty()) {
      return;
    }
    lane.next = new ArrayList<>();
    lane.size = ReplyBatch.emptySize();
    lane.unanswered++;
    Future<Reply> answer =
        replies.size() == 1 ? alone(way, replies.get(0)) : together(way, replies);
    answer.onComplete(done -> {
      lane.unanswered--;
      if (lane.unanswered > 0) {
        return;
      }
      if (lane.next.isEmpty()) {
        lanes.remove(way, lane);
      } else {
        // Those that came meanwhile, and those of whom the answer was the signal to go on.
        flushLater();
      }
    });
  }

  private Future<Reply> alone(Way way, Waiting one) {
    return put(way.connection(), way.tube(), one.reply()).onComplete(one.answer());
  }

  private Future<Reply> together(Way way, List<Waiting> replies) {
    Buffer job = ReplyBatch.encode(replies.stream().map(Waiting::reply).toList());
    return put(way.connection(), way.tube(), job).onComplete(result -> {
      if (result.failed()) {
        replies.forEach(each -> each.answer().fail(result.cause()));
        return;
      }
      Reply answer = result.result();
      if (answer instanceof Reply.JobTooBig) {
        largest = Math.min(largest, job.length() - 1);
        replies.forEach(each -> alone(way, each));
        return;
      }
      Reply forEach = forEach(way, answer);
      replies.forEach(each -> each.answer().complete(forEach));
    });
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
