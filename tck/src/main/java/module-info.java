/* SPDX-License-Identifier: Apache-2.0 */
/** The conformance kit of Taskwire's transports. */
@org.jspecify.annotations.NullMarked
module io.taskwire.tck {
  requires static org.jspecify;

  exports io.taskwire.tck.broker;
}
