/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Finds out what a queue is configured with: asks every source, checks each key and value, chooses the transport. All of
 * it happens before anything is connected.
 */
package io.taskwire.impl.config;
