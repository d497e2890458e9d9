/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

/**
 * How many jobs of one function wait at each priority; a line of {@code prioritystatus}. Running jobs are not counted.
 *
 * @param function the function's name
 * @param high the waiting jobs of high priority
 * @param normal those of normal priority
 * @param low those of low priority
 * @param workers the connections that have registered the function
 */
public record FunctionPriorities(String function, long high, long normal, long low, long workers) {}
