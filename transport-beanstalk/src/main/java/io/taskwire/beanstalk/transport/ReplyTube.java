/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.beanstalk.codec.TaskTube;
import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.beanstalk.connection.Seconds;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Headers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tube of a caller's replies: {@code tw.r.<128 bits in hex>.t<seconds>}, or {@code tw.r.<clientId>.k<seconds>} of one
 * that has a name. The seconds say how long it may be without a
 * watcher before replies in it count as orphans; they are in the name so that whoever cleans up need open no job.
 */
final class ReplyTube {

  /** What a caller's request says that takes several replies in one job, and reports ahead of the result. */
  static final String MANY = "many";

  /** Seconds in the name of a tube that ends with its caller. */
  private static final int TRANSIENT_SECONDS = 120;

  /** After this long without watching it, a caller must not rely on its replies being there. */
  static final Duration SAFE_ABSENCE = Duration.ofSeconds(TRANSIENT_SECONDS / 2);

  private static final Pattern NAME = Pattern.compile("tw\\.r\\..+\\.[tk]([1-9][0-9]{0,8})");

  private ReplyTube() {}

  /** How long a tube of this name may be unwatched before what is in it counts as orphaned; 0 if it is no reply tube. */
  static long secondsOf(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
  }

  /** Whether whoever made a request takes several replies in one job, and reports ahead of the result. */
  static boolean takesMany(Envelope request) {
    return MANY.equals(request.headers().get(Headers.REPLIES));
  }

  static Tube of(String instanceId) {
    return Tube.of(TaskTube.RESERVED + instanceId + ".t" + TRANSIENT_SECONDS);
  }

  /** The tube of a caller that has a name, and so the same in each of its lives. */
  static Tube ofClient(String clientId, Duration kept) {
    return Tube.of(prefixOfClient(clientId) + Math.max(1, Seconds.within(kept)));
  }

  /** Whether a tube is of that caller, from a life in which it kept its results for another time maybe. */
  static boolean isOfClient(String tube, String clientId) {
    String prefix = prefixOfClient(clientId);
    return secondsOf(tube) > 0 && tube.startsWith(prefix) && tube.indexOf('.', prefix.length()) < 0;
  }

  private static String prefixOfClient(String clientId) {
    return TaskTube.RESERVED + clientId + ".k";
  }
}
