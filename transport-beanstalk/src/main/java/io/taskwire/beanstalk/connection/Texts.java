/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.beanstalk.BeanstalkException;
import io.taskwire.beanstalk.JobStats;
import io.taskwire.beanstalk.ServerStats;
import io.taskwire.beanstalk.TubeStats;
import io.taskwire.beanstalk.codec.ListTubesReply;
import io.taskwire.beanstalk.codec.Reply;
import io.taskwire.beanstalk.codec.StatsJobReply;
import io.taskwire.beanstalk.codec.StatsReply;
import io.taskwire.beanstalk.codec.StatsText;
import io.taskwire.beanstalk.codec.StatsTubeReply;
import io.taskwire.beanstalk.codec.Tube;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;

/** Makes values of the replies that are text. The connection has checked that a reply belongs to its command. */
public final class Texts {

  private Texts() {}

  public static StatsReply server(Reply reply) {
    return reply instanceof Reply.Ok ok ? read(ok, ServerStats::of) : (StatsReply) reply;
  }

  public static StatsJobReply job(Reply reply) {
    return reply instanceof Reply.Ok ok ? read(ok, JobStats::of) : (StatsJobReply) reply;
  }

  public static StatsTubeReply tube(Reply reply) {
    return reply instanceof Reply.Ok ok ? read(ok, TubeStats::of) : (StatsTubeReply) reply;
  }

  public static ListTubesReply tubes(Reply reply) {
    return reply instanceof Reply.Ok ok ? read(ok, Texts::list) : (ListTubesReply) reply;
  }

  private static Reply.TubeList list(Buffer body) {
    return new Reply.TubeList(StatsText.list(body).stream().map(Tube::of).toList());
  }

  private static <R> R read(Reply.Ok ok, Function<Buffer, R> reader) {
    try {
      return reader.apply(ok.body());
    } catch (IllegalArgumentException e) {
      throw new BeanstalkException(
          "the server's text is not that of a beanstalkd: " + e.getMessage(), true, e);
    }
  }
}
