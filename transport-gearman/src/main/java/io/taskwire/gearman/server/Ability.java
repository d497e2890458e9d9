/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

/** A function that a worker serves. */
final class Ability {

  final ServerFunction function;

  /** How long a job may take, in milliseconds; 0 for as long as it likes. */
  long limitMillis;

  Ability(ServerFunction function) {
    this.function = function;
  }
}
