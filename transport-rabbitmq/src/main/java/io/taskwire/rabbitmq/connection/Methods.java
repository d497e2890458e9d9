/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

/** Class and method ids of AMQP 0-9-1, of the methods that this library reads and writes itself; class id times 1000 plus method id. */
final class Methods {

  static final int CONNECTION = 10;
  static final int CHANNEL = 20;
  static final int BASIC = 60;

  static final int CHANNEL_CLOSE = 20_040;
  static final int CHANNEL_CLOSE_OK = 20_041;

  static final int CONSUME = 60_020;
  static final int CONSUME_OK = 60_021;
  static final int CANCEL = 60_030;
  static final int CANCEL_OK = 60_031;
  static final int PUBLISH = 60_040;
  static final int RETURN = 60_050;
  static final int DELIVER = 60_060;
  static final int ACK = 60_080;
  static final int REJECT = 60_090;
  static final int NACK = 60_120;

  private static final int CLASS = 1000;

  private Methods() {}

  static int id(int classId, int methodId) {
    return classId * CLASS + methodId;
  }

  static int classId(int id) {
    return id / CLASS;
  }

  static int methodId(int id) {
    return id % CLASS;
  }
}
