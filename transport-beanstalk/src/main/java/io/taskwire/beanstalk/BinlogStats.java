/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

/**
 * What a server says of its binlog, the files in which jobs survive its restart.
 *
 * @param oldestIndex the number of the oldest file
 * @param currentIndex the number of the file being written, 0 if the server keeps no binlog
 * @param recordsMigrated records copied to free old files
 * @param recordsWritten records written
 * @param maxSize bytes of the largest file
 */
public record BinlogStats(
    long oldestIndex, long currentIndex, long recordsMigrated, long recordsWritten, long maxSize) {

  static BinlogStats of(StatValues values) {
    return new BinlogStats(
        values.number("binlog-oldest-index"),
        values.number("binlog-current-index"),
        values.number("binlog-records-migrated"),
        values.number("binlog-records-written"),
        values.number("binlog-max-size"));
  }

  /**
   * Tells whether jobs survive a restart of the server.
   *
   * @return true if it was started with {@code -b}
   */
  public boolean isOn() {
    return currentIndex > 0;
  }
}
