/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

/**
 * What a {@link GearmanServer} has counted since its start, and how much it has now.
 *
 * @param connections open connections, now
 * @param connectionsAccepted connections taken
 * @param connectionsRefused connections closed at once, because there were too many
 * @param connectionsTooSlow connections closed because they did not read what was sent to them
 * @param packetsReceived packets received
 * @param packetsSent packets sent
 * @param textCommands lines of the text protocol received
 * @param malformed connections closed because of what is no packet
 * @param functions functions known, now
 * @param jobsWaiting jobs that no worker has, now
 * @param jobsRunning jobs that a worker has, now
 * @param jobBytes what the jobs take, as the limit counts it, now
 * @param submitted jobs taken
 * @param joined submits joined to a job of the same unique
 * @param rejected submits refused: queue full, payload or unique too long, not allowed, shutting down
 * @param assigned times a job was given to a worker
 * @param completed jobs that ended with WORK_COMPLETE
 * @param failed jobs that ended with WORK_FAIL or WORK_EXCEPTION, or ran out of retries
 * @param cancelled jobs cancelled by command, which do not count as completed or failed
 * @param requeued times a job went back because its worker was lost, gave up the function, or took too long
 * @param timedOut times a worker took longer than the limit it gave with CAN_DO_TIMEOUT
 * @param dropped foreground jobs dropped, because no client waited any more
 * @param wakeUps NOOP packets sent to sleeping workers
 */
public record GearmanServerCounters(
    int connections,
    long connectionsAccepted,
    long connectionsRefused,
    long connectionsTooSlow,
    long packetsReceived,
    long packetsSent,
    long textCommands,
    long malformed,
    int functions,
    long jobsWaiting,
    long jobsRunning,
    long jobBytes,
    long submitted,
    long joined,
    long rejected,
    long assigned,
    long completed,
    long failed,
    long cancelled,
    long requeued,
    long timedOut,
    long dropped,
    long wakeUps) {}
