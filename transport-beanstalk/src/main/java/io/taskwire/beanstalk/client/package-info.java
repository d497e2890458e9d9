/* SPDX-License-Identifier: Apache-2.0 */
/** What is behind {@link io.taskwire.beanstalk.BeanstalkClient}: its connections, and which of them a command goes to. */
package io.taskwire.beanstalk.client;
