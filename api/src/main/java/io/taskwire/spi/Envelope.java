/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.EnvelopeMode;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A body with the headers in front of it, or a plain body. docs/WIRE.md, "Envelope".
 *
 * <pre>
 * C1 54 57 01 | msgpack map of str to str | payload to the end
 * </pre>
 *
 * <p>A body is an envelope only if the mark and a complete map within the limits are there; else it is plain, whatever it
 * begins with.
 *
 * @param present whether there was an envelope
 * @param headers what it held, empty for a plain body; unmodifiable
 * @param payload the payload: a slice of the body, or the body itself
 */
public record Envelope(boolean present, Map<String, String> headers, Buffer payload) {

  /** The first four bytes: 0xC1, which msgpack never uses, "TW", and version 1. */
  public static final int MARK = 0xC1545701;

  /** The most headers an envelope holds. */
  public static final int MAX_HEADERS = 128;

  /** The most bytes its header map takes. */
  public static final int MAX_HEADER_BYTES = 1 << 20;

  /**
   * Puts headers in front of a payload where that is needed.
   *
   * @param mode the queue's or the handler's mode
   * @param headers what must travel beside the payload
   * @param payload the payload
   * @return the payload itself if no envelope is needed, or never wanted
   * @throws IllegalStateException if there are headers and the mode is never, which the queue refuses before
   * @throws IllegalArgumentException if the headers are over the limits
   */
  public static Buffer wrap(EnvelopeMode mode, Map<String, String> headers, Buffer payload) {
    return switch (mode) {
      case AUTO -> headers.isEmpty() && !isMarked(payload) ? payload : encode(headers, payload);
      case ALWAYS -> encode(headers, payload);
      case NEVER -> {
        if (!headers.isEmpty()) {
          throw new IllegalStateException(
              "envelope=never, and headers to send: " + headers.keySet());
        }
        yield payload;
      }
    };
  }

  /**
   * Answers in the dialect of the request: an enveloped one with an envelope, a plain one as plainly as possible.
   *
   * @param mode the handler's mode
   * @param requestHadOne whether the request was enveloped
   * @param headers what must travel beside the result
   * @param payload the result
   * @return the body of the reply
   */
  public static Buffer wrapReply(
      EnvelopeMode mode, boolean requestHadOne, Map<String, String> headers, Buffer payload) {
    return requestHadOne ? encode(headers, payload) : wrap(mode, headers, payload);
  }

  /**
   * Puts an envelope in front of a payload.
   *
   * @param headers what it holds
   * @param payload the payload
   * @return a new body
   * @throws IllegalArgumentException if the headers are over the limits
   */
  public static Buffer encode(Map<String, String> headers, Buffer payload) {
    Buffer out = Buffer.buffer(64 + payload.length());
    out.appendInt(MARK);
    HeaderMap.write(headers, out);
    return out.appendBuffer(payload);
  }

  /**
   * Opens a body.
   *
   * @param mode the queue's or the handler's mode; never takes every body as plain
   * @param body what came from the wire
   * @return headers and payload
   */
  public static Envelope open(EnvelopeMode mode, Buffer body) {
    if (mode == EnvelopeMode.NEVER || !isMarked(body)) {
      return plain(body);
    }
    HeaderMap.@Nullable Parsed parsed = HeaderMap.read(body, Integer.BYTES);
    return parsed == null
        ? plain(body)
        : new Envelope(true, parsed.headers(), body.slice(parsed.end(), body.length()));
  }

  private static Envelope plain(Buffer body) {
    return new Envelope(false, Map.of(), body);
  }

  private static boolean isMarked(Buffer body) {
    return body.length() >= Integer.BYTES && body.getInt(0) == MARK;
  }
}
