/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The beanstalkd protocol as bytes and values, for whoever speaks it: no socket, no clock, no thread.
 *
 * <p>The contract is between {@link io.taskwire.beanstalk.codec.Command}, which can only be built from values that are
 * safe to write, and {@link io.taskwire.beanstalk.codec.ReplyParser}, which accepts chunks as a socket gives them.
 * Source: {@code doc/protocol.txt} of beanstalkd 1.12.
 */
package io.taskwire.beanstalk.codec;
