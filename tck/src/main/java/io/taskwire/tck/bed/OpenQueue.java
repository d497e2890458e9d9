/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.bed;

/** A queue of a test with what it tells. */
record OpenQueue(AccountedQueue queue, Events events) {}
