/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One socket to a beanstalkd: commands are pipelined, what waits on it is answered in order, and it ends in one way.
 * Everything belongs to one event loop.
 */
package io.taskwire.beanstalk.connection;
