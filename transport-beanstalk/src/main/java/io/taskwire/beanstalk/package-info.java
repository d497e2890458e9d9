/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Taskwire on beanstalkd.
 *
 * <p>{@link io.taskwire.beanstalk.BeanstalkConnection} is the low-level client: one connection, every command of the
 * protocol, in the broker's own words. The transport on it maps tasks to tubes.
 */
package io.taskwire.beanstalk;
