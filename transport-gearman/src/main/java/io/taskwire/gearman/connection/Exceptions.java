/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.OptionReq;
import io.taskwire.gearman.codec.OptionRes;
import io.taskwire.gearman.codec.Response;

/**
 * The option without which a server tells that a job failed but not why. Servers that do not know it refuse it or say
 * nothing, and some of these tell all the same.
 */
final class Exceptions implements Reply {

  static final OptionReq REQUEST = new OptionReq("exceptions");
  static final Exceptions REPLY = new Exceptions();

  private Exceptions() {}

  @Override
  public boolean accepts(Response answer) {
    return answer instanceof OptionRes
        || (answer instanceof ErrorResponse error && error.code().equals("UNKNOWN_OPTION"));
  }

  @Override
  public boolean isOptional() {
    return true;
  }

  @Override
  public void answered(Response answer) {}

  @Override
  public void failed(Throwable cause, boolean sent) {}
}
