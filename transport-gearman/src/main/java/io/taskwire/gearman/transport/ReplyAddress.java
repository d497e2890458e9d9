/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.gearman.connection.FunctionName;
import io.taskwire.spi.Headers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the outcome of a task goes whose caller may be gone for a while: a function that only this caller serves. See
 * docs/WIRE.md, "Gearman".
 *
 * @param id the task's id, which is the reply's unique id too
 * @param function the function
 */
record ReplyAddress(String id, String function) {

  /** In front of every reply function: what a task names can be no function of anybody else's. */
  private static final String PREFIX = "tw.r.";

  static String functionOf(String clientId) {
    return PREFIX + clientId;
  }

  /** Reads a task's headers; null if they ask for no reply, or for one that cannot be sent. */
  static @Nullable ReplyAddress of(Map<String, String> headers) {
    String function = headers.get(Headers.REPLY_TO);
    String id = headers.get(Headers.ID);
    return function != null
            && id != null
            && !id.isEmpty()
            && function.startsWith(PREFIX)
            && FunctionName.refuse(function) == null
            && UniqueId.refuse(id) == null
        ? new ReplyAddress(id, function)
        : null;
  }
}
