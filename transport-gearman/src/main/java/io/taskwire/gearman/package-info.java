/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Taskwire over Gearman: URIs {@code gearman://host:4730}. {@link io.taskwire.gearman.GearmanTransportProvider} says what
 * Gearman can do; everything else here is found through it.
 */
package io.taskwire.gearman;
