/* SPDX-License-Identifier: Apache-2.0 */
import io.taskwire.tck.bed.KitLoader;
import org.junit.platform.launcher.LauncherSessionListener;

/** The conformance kit of Taskwire's transports. */
@org.jspecify.annotations.NullMarked
module io.taskwire.tck {
  requires static org.jspecify;
  requires transitive io.taskwire;
  requires transitive io.vertx.core;
  // These come with Vert.x: buffers that were not released are found by its leak detector.
  requires io.netty.buffer;
  requires io.netty.common;
  requires jdk.management;
  requires org.assertj.core;
  requires transitive org.junit.jupiter.api;
  requires org.junit.jupiter.params;
  requires transitive org.junit.platform.launcher;

  exports io.taskwire.tck;
  exports io.taskwire.tck.bed;
  exports io.taskwire.tck.broker;
  exports io.taskwire.tck.peer;
  exports io.taskwire.tck.proxy;
  exports io.taskwire.tck.tls;

  // JUnit runs the tests, serializers read the records they send.
  opens io.taskwire.tck;

  provides LauncherSessionListener with
      KitLoader;
}
