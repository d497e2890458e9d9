/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.bed;

import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Learns of each pooled buffer that becomes garbage without having been released. Netty asks for its detectors when its
 * buffers are first used, so {@link #install()} must come before that.
 */
final class BufferLeaks {

  private static final String BUFFERS = "ByteBuf";

  // Detectors report on whatever thread allocates next; test threads read.
  private static final List<String> FOUND = new ArrayList<>();
  private static final List<Detector<?>> DETECTORS = new ArrayList<>();

  private BufferLeaks() {}

  /** Takes Netty's place in making detectors. */
  static synchronized void install() {
    if (ResourceLeakDetectorFactory.instance() instanceof Factory) {
      return;
    }
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Factory());
    // Makes Netty ask for the detector of its buffers now.
    Unpooled.directBuffer(1).release();
  }

  /** Watches every buffer from now on. Vert.x, when it is loaded, switches the watching off: call this after that. */
  static void watch() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
  }

  /** Takes what was found since the last call. Only what the garbage collector has met is found: collect before. */
  static List<String> take() {
    for (Detector<?> detector : detectors()) {
      detector.poll();
    }
    synchronized (FOUND) {
      List<String> taken = List.copyOf(FOUND);
      FOUND.clear();
      return taken;
    }
  }

  /** Tells whether buffers are watched: not if Netty's were used before the kit was loaded. */
  static boolean isWatching() {
    return detectors().stream().anyMatch(detector -> detector.resource.equals(BUFFERS));
  }

  private static List<Detector<?>> detectors() {
    synchronized (DETECTORS) {
      return List.copyOf(DETECTORS);
    }
  }

  private static final class Factory extends ResourceLeakDetectorFactory {
    @Override
    @SuppressWarnings(
        "deprecation") // the only method that must be there, and the one that is called
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval, long maxActive) {
      Detector<T> detector = new Detector<>(resource, samplingInterval);
      synchronized (DETECTORS) {
        DETECTORS.add(detector);
      }
      return detector;
    }
  }

  private static final class Detector<T> extends ResourceLeakDetector<T> {

    private final String resource;

    Detector(Class<T> resource, int samplingInterval) {
      super(resource, samplingInterval);
      this.resource = resource.getSimpleName();
    }

    /** Reports what is due, which else happens at the next allocation. */
    @SuppressWarnings("unchecked") // a detector never looks at what it tracks
    void poll() {
      T probe = (T) new Object();
      trackForcibly(probe).close(probe);
    }

    @Override
    protected boolean needReport() {
      return true;
    }

    @Override
    protected void reportTracedLeak(String type, String records) {
      report(type + records);
    }

    @Override
    protected void reportUntracedLeak(String type) {
      report(type);
    }

    private static void report(String leak) {
      synchronized (FOUND) {
        FOUND.add(leak);
      }
    }
  }
}
