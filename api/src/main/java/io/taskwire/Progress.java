/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

/**
 * How far a running task is, in units of the handler's choice.
 *
 * @param done the units done
 * @param total the units in all, 0 if the handler does not know
 */
public record Progress(long done, long total) {}
