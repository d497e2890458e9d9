/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.client;

import io.taskwire.beanstalk.codec.Command;
import io.taskwire.beanstalk.codec.Tube;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The tubes that a connection watches, as the commands sent to it have left them. */
final class WatchedTubes {

  private final Set<Tube> tubes = new LinkedHashSet<>(Set.of(Tube.DEFAULT));

  void add(Tube tube) {
    tubes.add(tube);
  }

  /** The server does not ignore the last one. */
  void remove(Tube tube) {
    if (tubes.size() > 1) {
      tubes.remove(tube);
    }
  }

  /** Becomes as another: what has to be sent for it, added tubes first. */
  List<Command> follow(WatchedTubes other) {
    List<Command> commands = new ArrayList<>();
    for (Tube tube : other.tubes) {
      if (tubes.add(tube)) {
        commands.add(new Command.Watch(tube));
      }
    }
    for (Tube tube : List.copyOf(tubes)) {
      if (!other.tubes.contains(tube)) {
        tubes.remove(tube);
        commands.add(new Command.Ignore(tube));
      }
    }
    return commands;
  }
}
