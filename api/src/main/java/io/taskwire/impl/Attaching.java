/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.spi.AcceptedTask;
import io.taskwire.spi.SubmitListener;

/** Looks out for the result of a task that was submitted before, as {@link io.taskwire.spi.Transport#attach} does. */
interface Attaching {

  AcceptedTask attach(String taskName, String id, SubmitListener listener);
}
