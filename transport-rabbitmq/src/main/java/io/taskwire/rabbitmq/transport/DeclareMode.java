/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.transport;

/** What a queue's declaration does. */
enum DeclareMode {
  /** Makes the queue where there is none. */
  ACTIVE,
  /** Only looks whether it is there. */
  PASSIVE
}
