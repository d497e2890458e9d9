/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.bed;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Watches Netty's buffers from before the first test on; JUnit finds it by {@link java.util.ServiceLoader}. */
public final class KitLoader implements LauncherSessionListener {

  /** Made by JUnit. */
  public KitLoader() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    BufferLeaks.install();
  }
}
