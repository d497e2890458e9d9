/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What is logged under one name while it is open. */
public final class CapturedLog implements AutoCloseable {

  static {
    // Logback is on the module path, as a provider of slf4j's, but no test library is required in
    // module-info.
    Module own = CapturedLog.class.getModule();
    for (String name : List.of("ch.qos.logback.classic", "ch.qos.logback.core")) {
      ModuleLayer.boot().findModule(name).ifPresent(own::addReads);
    }
  }

  private final Logger logger;
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  /** Of this package. */
  CapturedLog() {
    this(CapturedLog.class.getPackageName());
  }

  public CapturedLog(String name) {
    logger = (Logger) LoggerFactory.getLogger(name);
    appender.start();
    logger.addAppender(appender);
  }

  public List<String> lines() {
    return List.copyOf(appender.list).stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
  }
}
