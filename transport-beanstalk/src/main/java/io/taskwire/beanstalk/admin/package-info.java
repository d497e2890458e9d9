/* SPDX-License-Identifier: Apache-2.0 */
/** What is behind {@link io.taskwire.beanstalk.BeanstalkAdmin}. */
package io.taskwire.beanstalk.admin;
