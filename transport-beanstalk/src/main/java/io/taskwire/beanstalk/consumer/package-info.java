/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What is behind {@link io.taskwire.beanstalk.BeanstalkConsumer}. Everything belongs to one event loop, except blocking handlers
 * and what they call.
 */
package io.taskwire.beanstalk.consumer;
