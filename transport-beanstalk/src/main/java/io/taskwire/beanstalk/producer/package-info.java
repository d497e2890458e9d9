/* SPDX-License-Identifier: Apache-2.0 */
/** What is behind {@link io.taskwire.beanstalk.BeanstalkProducer}. Everything belongs to one event loop. */
package io.taskwire.beanstalk.producer;
