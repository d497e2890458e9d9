/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

/** What transports differ in. Asking for a feature that a transport reports as {@link Support#NONE} is refused. */
public enum Feature {
  /** A caller can await the task's result. */
  RESULTS("results"),
  /** Results wait for a caller with a {@code clientId} that comes back after a restart: {@link TaskQueue#attach}. */
  DURABLE_RESULTS("results that survive the caller's restart"),
  /** {@link SubmitOptions#priority}. */
  PRIORITY("priority"),
  /** {@link SubmitOptions#delay}. */
  DELAY("delay"),
  /** {@link SubmitOptions#unique}. */
  UNIQUE("unique"),
  /** {@link TaskContext#progress} and {@link TaskHandle#onProgress}. */
  PROGRESS("progress"),
  /** {@link TaskContext#data} and {@link TaskHandle#onData}. */
  PARTIAL_DATA("partial data"),
  /** {@link TaskHandle#status}. */
  STATUS("status"),
  /** {@link TaskHandle#cancel} of a task that no worker has begun. */
  CANCEL_QUEUED("cancel queued"),
  /** {@link TaskHandle#cancel} of a running task: its handler is told. */
  CANCEL_RUNNING("cancel running"),
  /** {@link SubmitOptions#deadline}. */
  DEADLINE("deadline"),
  /** A running handler keeps its task, however long it takes. */
  LEASE_RENEWAL("lease renewal"),
  /** {@link TaskRetry}. */
  RETRY("retry with delay"),
  /** {@link TaskReject} and failures where nobody waits keep the task aside. */
  DEAD_LETTER("dead letter"),
  /** Accepted tasks survive the broker's restart. */
  PERSISTENCE("persistence"),
  /** Encrypted connections. */
  TLS("TLS"),
  /** More than one broker in the URI. */
  SEVERAL_HOSTS("several hosts"),
  /** {@link SubmitOptions#header}, and a serializer of a task's own. Not with {@link EnvelopeMode#NEVER} where emulated. */
  HEADERS("headers"),
  /** Bytes in, bytes out. */
  RAW("raw");

  private final String label;

  Feature(String label) {
    this.label = label;
  }

  /**
   * Names the feature as the documents do.
   *
   * @return a few words in lower case
   */
  public String label() {
    return label;
  }
}
