package dev.heddle.rules;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * The events of YAML text as long as they stay within the limits, so that hostile text is refused
 * before it is built up in memory.
 */
final class BoundedEvents implements Parser {

  /** Nested collections at most; Istio's deepest rule has about 12. */
  static final int MAX_DEPTH = 64;

  /** Values in one text at most: as many as real objects of the size that a text may have. */
  static final int MAX_VALUES = 400_000;

  private final Parser events;
  private int depth;
  private int values;

  BoundedEvents(Parser events) {
    this.events = events;
  }

  @Override
  public boolean checkEvent(Event.ID id) {
    return events.checkEvent(id);
  }

  @Override
  public Event peekEvent() {
    return events.peekEvent();
  }

  @Override
  public boolean hasNext() {
    return events.hasNext();
  }

  /** The next event; YamlLimitException if it is one too many. */
  @Override
  public Event next() {
    Event event = events.next();
    switch (event.getEventId()) {
      case MappingStart, SequenceStart -> {
        depth++;
        values++;
      }
      case MappingEnd, SequenceEnd -> depth--;
      case Scalar, Alias -> values++;
      default -> {} // documents and the stream
    }
    if (depth > MAX_DEPTH) {
      throw YamlLimitException.depth(event.getStartMark());
    }
    if (values > MAX_VALUES) {
      throw YamlLimitException.values(event.getStartMark());
    }
    return event;
  }
}
