/**
 * Programs of one idea each. The module is open, because the serializers build records by reflection; a module that wants
 * to keep its other packages closed writes {@code opens com.acme to com.fasterxml.jackson.databind;} instead.
 */
@org.jspecify.annotations.NullMarked
open module io.taskwire.examples {
  requires static org.jspecify;
  requires io.taskwire;
  requires io.taskwire.beanstalk;
  requires io.taskwire.gearman;
  requires io.taskwire.rabbitmq;

  // The tables of the documents are compared with what the transports say.
  uses io.taskwire.spi.TransportProvider;
}
