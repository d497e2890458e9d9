/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

/**
 * A job that a server has; a line of {@code show jobs}.
 *
 * @param handle the job handle
 * @param retries how often it was queued again because its worker was lost
 * @param cancelled whether it was cancelled, and goes when a worker would have got it
 * @param background whether the server holds it as a background job; false for foreground jobs, and for those that were
 *     cancelled while they waited
 */
public record ListedJob(String handle, long retries, boolean cancelled, boolean background) {}
