/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import java.util.ArrayList;
import java.util.List;

/** The {@code beanstalkd} that is installed on this machine. */
public final class BeanstalkdBroker extends ProcessBroker {

  /** The largest job that beanstalkd takes unless told otherwise, in bytes. */
  public static final int DEFAULT_MAX_JOB_SIZE = 65_535;

  private static final String CONNECTIONS = "current-connections: ";

  /** How a log of jobs is kept. */
  private enum Binlog {
    NONE,
    UNSYNCED,
    SYNCED
  }

  private final Binlog binlog;
  private final int maxJobSize;

  private BeanstalkdBroker(Binlog binlog, int maxJobSize) {
    super("beanstalk", "beanstalkd");
    this.binlog = binlog;
    this.maxJobSize = maxJobSize;
  }

  /**
   * A broker that keeps everything in memory. Not started yet.
   *
   * @return the broker
   */
  public static BeanstalkdBroker create() {
    return new BeanstalkdBroker(Binlog.NONE, DEFAULT_MAX_JOB_SIZE);
  }

  /**
   * A broker that writes jobs to a log, synchronously, and has them again after a restart. Not started yet.
   *
   * @return the broker
   */
  public static BeanstalkdBroker withBinlog() {
    return new BeanstalkdBroker(Binlog.SYNCED, DEFAULT_MAX_JOB_SIZE);
  }

  /**
   * A broker that writes jobs to a log and leaves it to the system when it reaches the disk: they survive the death of
   * the broker, not that of the machine. Not started yet.
   *
   * @return the broker
   */
  public static BeanstalkdBroker withUnsyncedBinlog() {
    return new BeanstalkdBroker(Binlog.UNSYNCED, DEFAULT_MAX_JOB_SIZE);
  }

  /**
   * A broker in memory that takes jobs of another size. Not started yet.
   *
   * @param bytes the largest body of a job
   * @return the broker
   */
  public static BeanstalkdBroker withMaxJobSize(int bytes) {
    return new BeanstalkdBroker(Binlog.NONE, bytes);
  }

  @Override
  List<String> arguments(BrokerProcess process) {
    List<String> arguments = new ArrayList<>(List.of(
        "-l", "127.0.0.1", "-p", Integer.toString(port()), "-z", Integer.toString(maxJobSize)));
    if (binlog != Binlog.NONE) {
      arguments.addAll(List.of("-b", process.dataFolder().toString()));
      arguments.addAll(binlog == Binlog.SYNCED ? List.of("-f", "0") : List.of("-F"));
    }
    return arguments;
  }

  /** Has it refuse new jobs from now on, as before a planned stop. */
  public void drain() {
    signal("USR1");
  }

  @Override
  public int connections() {
    // The answer is "OK <bytes>", lines of "key: value", and an empty line.
    return AdminConnection.ask(port(), "stats", String::isEmpty).stream()
            .filter(line -> line.startsWith(CONNECTIONS))
            .mapToInt(line -> Integer.parseInt(line.substring(CONNECTIONS.length())))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("stats does not tell current-connections"))
        - 1;
  }
}
