/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Gearman's binary protocol as bytes and records: no socket, no clock, no thread. Client, worker and server share it, since
 * every packet encodes and decodes.
 */
package io.taskwire.gearman.codec;
