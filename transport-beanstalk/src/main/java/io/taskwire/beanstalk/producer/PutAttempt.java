/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.producer;

import io.taskwire.beanstalk.BeanstalkException;
import io.taskwire.beanstalk.BeanstalkReplyException;
import io.taskwire.beanstalk.PlacedJob;
import io.taskwire.beanstalk.PutOutcomeUnknownException;
import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.connection.PutConnection;
import io.taskwire.beanstalk.connection.Seconds;
import io.taskwire.beanstalk.connection.ServerLink;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A put at one server: the one place that decides whether it may go to another. */
final class PutAttempt {

  private final Puts puts;
  private final PendingPut put;
  private final ServerLink<PutConnection> link;
  private final PutConnection connection;

  PutAttempt(Puts puts, PendingPut put, ServerLink<PutConnection> link) {
    this.puts = puts;
    this.put = put;
    this.link = link;
    this.connection = Objects.requireNonNull(link.connection());
  }

  void send() {
    connection
        .put(
            put.tube(),
            put.options().priority(),
            Seconds.of(put.options().delay()),
            Seconds.of(put.options().timeToRun()),
            put.body())
        .onComplete(this::answered, this::failed);
  }

  private void answered(Reply reply) {
    if (reply instanceof Reply.Inserted inserted) {
      placed(inserted.id());
    } else if (reply instanceof Reply.Draining) {
      link.draining();
      refused(reply);
    } else if (reply instanceof Reply.OutOfMemory) {
      refused(reply);
    } else if (reply instanceof Reply.InsertedBuried buried) {
      takeBack(buried);
    } else if (reply instanceof Reply.BrokerInternalError) {
      unknown("the server reports a mistake of its own (INTERNAL_ERROR)", null);
    } else {
      puts.failed(put, refusal(reply));
    }
  }

  private void placed(long id) {
    puts.placed(put, new PlacedJob(link.name(), id));
  }

  /** Without memory to queue it the server has kept the job where no worker gets it: it must not stay when it goes elsewhere. */
  private void takeBack(Reply.InsertedBuried buried) {
    connection
        .connection()
        .send(new Command.Delete(buried.id()))
        .onComplete(
            reply -> {
              if (reply instanceof Reply.Deleted) {
                refused(buried);
              } else {
                placed(buried.id()); // kicked by somebody in between, and taken
              }
            },
            cause -> unknown(
                "the server had no memory to queue it and has buried it as job " + buried.id()
                    + ", and the connection ended before it could be deleted",
                cause));
  }

  private void refused(Reply reply) {
    put.refusedBy(connection, refusal(reply));
    puts.again(put);
  }

  private BeanstalkReplyException refusal(Reply reply) {
    return new BeanstalkReplyException(put + " at " + link.name(), reply);
  }

  private void failed(Throwable cause) {
    if (cause instanceof BeanstalkException known && !known.isSent()) {
      puts.again(put);
    } else {
      unknown("the connection ended before its answer came", cause);
    }
  }

  private void unknown(String why, @Nullable Throwable cause) {
    puts.failed(
        put,
        new PutOutcomeUnknownException(
            link.name(),
            "the outcome of " + put + " at " + link.name() + " is unknown: " + why
                + (cause == null ? "" : " (" + cause.getMessage() + ")")
                + "; look for its effect before you put it again",
            cause));
  }
}
