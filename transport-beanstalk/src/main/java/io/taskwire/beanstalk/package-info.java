/* SPDX-License-Identifier: Apache-2.0 */
/**
 * beanstalkd for the JVM: a client of one connection with every command of the protocol, and an admin.
 *
 * <p>Futures are Vert.x's. All methods may be called from any thread; futures complete on the caller's Vert.x context if there
 * is one, else on the event loop of what gave them, where callbacks must not block.
 */
package io.taskwire.beanstalk;
