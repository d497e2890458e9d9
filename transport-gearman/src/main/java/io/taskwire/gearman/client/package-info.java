/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What is behind {@link io.taskwire.gearman.GearmanClient}: jobs from their submit to their end, in the order and within the
 * limits of one client. Everything belongs to the client's event loop; what other threads may read is volatile.
 */
package io.taskwire.gearman.client;
