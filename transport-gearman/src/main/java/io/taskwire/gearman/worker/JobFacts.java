/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.worker;

import io.taskwire.TypeRef;
import io.taskwire.gearman.WorkerJob;
import io.taskwire.gearman.connection.AssignedJob;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/** What is known of a job from the start. */
abstract class JobFacts implements WorkerJob {

  private final String server;
  private final Function function;
  private final AssignedJob assigned;
  private final Values values;

  JobFacts(String server, Function function, AssignedJob assigned, Values values) {
    this.server = server;
    this.function = function;
    this.assigned = assigned;
    this.values = values;
  }

  /** The function as it was registered when the job came. */
  final Function registration() {
    return function;
  }

  @Override
  public final String handle() {
    return assigned.handle();
  }

  @Override
  public final String function() {
    return function.name();
  }

  @Override
  public final String unique() {
    return assigned.unique();
  }

  @Override
  public final String reducer() {
    return assigned.reducer();
  }

  @Override
  public final String server() {
    return server;
  }

  @Override
  public final Buffer payload() {
    return assigned.payload();
  }

  @Override
  public final String text() {
    return assigned.payload().toString(StandardCharsets.UTF_8);
  }

  @Override
  @SuppressWarnings("unchecked") // Serializers build what they are asked for.
  public final <T> T value(Class<T> type) {
    return (T) values.decode(payload(), type);
  }

  @Override
  @SuppressWarnings("unchecked") // Serializers build what they are asked for.
  public final <T> T value(TypeRef<T> type) {
    return (T) values.decode(payload(), type.type());
  }

  @Override
  public final String toString() {
    return "job " + handle() + " of \"" + function() + "\" from " + server();
  }
}
