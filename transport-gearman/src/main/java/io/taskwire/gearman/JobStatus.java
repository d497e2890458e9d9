/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import io.taskwire.Progress;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about a job. It forgets jobs when they end, so a job that it does not know has ended or never was.
 *
 * @param server host and port of the server asked; empty if several were asked and none knows the job
 * @param id the handle or the unique key asked for
 * @param known whether the server knows the job
 * @param running whether a worker holds it
 * @param progress what the worker reported last, null if it reported nothing
 * @param clients how many clients wait for it; only where it was asked for by its unique key
 */
public record JobStatus(
    String server,
    String id,
    boolean known,
    boolean running,
    @Nullable Progress progress,
    OptionalLong clients) {}
