/* SPDX-License-Identifier: Apache-2.0 */
/** beanstalkd: the codec, a client and an admin of its own, and the task transport on them. */
@org.jspecify.annotations.NullMarked
module io.taskwire.beanstalk {
  requires static transitive org.jspecify;
  requires transitive io.taskwire;
  requires transitive io.vertx.core;
  requires com.fasterxml.jackson.core;
  requires org.slf4j;

  provides io.taskwire.spi.TransportProvider with
      io.taskwire.beanstalk.transport.BeanstalkTransportProvider;
  provides io.taskwire.Serializer with
      io.taskwire.beanstalk.JsonTaskSerializer;

  exports io.taskwire.beanstalk;
  exports io.taskwire.beanstalk.codec;
}
