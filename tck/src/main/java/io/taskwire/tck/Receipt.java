/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

/** A typed result. */
record Receipt(String item, long total) {}
