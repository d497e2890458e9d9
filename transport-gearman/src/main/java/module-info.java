/* SPDX-License-Identifier: Apache-2.0 */
/** Taskwire over Gearman. */
@org.jspecify.annotations.NullMarked
module io.taskwire.gearman {
  requires static org.jspecify;
  requires io.taskwire;
  requires io.vertx.core;
  requires org.slf4j;
}
