/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a parser tells, in order: frames as they are, the rest as text. */
final class Heard<F extends Frame> implements FrameListener<F> {

  final List<Object> events = new ArrayList<>();

  static List<Object> responses(int maxPayload, Buffer... chunks) {
    Heard<Response> heard = new Heard<>();
    FrameParser<Response> parser = FrameParser.responses(heard, maxPayload);
    for (Buffer chunk : chunks) {
      parser.feed(chunk);
    }
    return heard.events;
  }

  static List<Object> requests(int maxPayload, Buffer... chunks) {
    Heard<Request> heard = new Heard<>();
    FrameParser<Request> parser = FrameParser.requests(heard, maxPayload);
    for (Buffer chunk : chunks) {
      parser.feed(chunk);
    }
    return heard.events;
  }

  @Override
  public void frame(F frame) {
    events.add(frame);
  }

  @Override
  public void oversized(F frame, long payloadLength) {
    events.add("oversized " + payloadLength + " " + frame);
  }

  @Override
  public void text(String line) {
    events.add("text " + line);
  }

  @Override
  public void malformed(MalformedFrameException failure) {
    events.add("malformed " + failure.getMessage());
  }
}
