/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Taskwire on memory. {@code memory:} is a broker of its queue's own; {@code memory:orders} is one that all queues of this
 * JVM with that name share, whatever their Vert.x instances. Users need only the URI; what is public here looks into the
 * shared brokers ({@link io.taskwire.memory.DeadLetters}) and disturbs them ({@link io.taskwire.memory.MemoryFaults}).
 *
 * <h2>What the features mean here</h2>
 *
 * <p>Payloads, results and chunks are copied, so that no change of a buffer reaches the other side. Tasks of one name wait
 * in the order of their priority and within it in that of their arrival; a delayed or retried one arrives when its delay
 * has passed, one that is given back, or whose consumer is gone, keeps its place. Consumers of one name take turns. Each
 * delivery counts as an attempt; a task for which the consumer in turn allows no more goes to the dead letters. Submits
 * that join a task by its unique key leave its priority, delay and deadline as they are, and each gets the result; whoever
 * cancels it cancels it for all, and the others hear of a failure with the code CANCELLED. A deadline is met once a handler
 * was given the task. Headers travel beside the payload: nothing ever needs an envelope, so {@code envelope} changes
 * nothing here. Nothing is kept when the last queue of a broker closes.
 *
 * <h2>Threads</h2>
 *
 * <p>Each queue has an event loop of its own, and all of them work on the broker's structures directly: for a few dozen
 * instructions at a time, under a plain lock if the broker is shared, without any if it is private. Nobody is called while
 * it is held. What a listener must hear is put into the inbox of its queue and run on that queue's loop; the first entry
 * of an inbox schedules the turn that empties it. So a task from one queue to another costs each side one lock per step and
 * one wake-up per burst, no loop ever waits for another, and nobody is called back from inside a call of theirs: a handler
 * that completes at once and a caller that submits again at each result make a loop, not a recursion. The class that owns a
 * field says whether it belongs to the lock or to the loop.
 */
package io.taskwire.memory;
