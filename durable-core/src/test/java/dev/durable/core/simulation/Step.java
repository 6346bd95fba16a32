package dev.durable.core.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * A step of a program, with two numbers and with steps that it is made of. As text: the letter of
 * its kind, the numbers, the parts in brackets, such as {@code T0(a3F2.5)}.
 */
record Step(Kind kind, int x, int y, List<Step> parts) {

  /** What a step does, with the meaning of its numbers. */
  enum Kind {
    /** An activity that fails now and then; x attempts, y the kind of retry policy. */
    ACTIVITY('a'),
    /** The same in a transaction; x attempts. */
    TRANSACTION('t'),
    /** One that is begun at most once. */
    ONCE('o'),
    /** One that must end within x ms; y attempts. */
    TIMED('z'),
    /** One whose failure is of a type that is not tried again. */
    STUBBORN('b'),
    /** One that ends its node. */
    POISON('y'),
    /** A timer of x ms. */
    TIMER('w'),
    /** An event of name y; within x ms, 0 for whenever. */
    EVENT('e'),
    /** A child with a program; x attempts. */
    CHILD('c'),
    /** A child with the shared id x, which others want as well. */
    SHARED('s'),
    /** All of its parts. */
    ALL('A'),
    /** Any of its parts. */
    ANY('R'),
    /** All of its parts, in the order in which they are done. */
    ORDERED('O'),
    /** A fan-out over y items, x at once. */
    WINDOW('F'),
    /** Its part, waited for x ms. */
    LIMITED('W'),
    /** Two waiters for events of name y. */
    WAITERS('M'),
    /** Its parts, one after the other, whose failure is caught. */
    TRY('T'),
    /** Its parts, one after the other, undone if one fails. */
    SAGA('S'),
    /** An activity and a timer that nobody waits for. */
    DETACHED('d'),
    /** An activity and a timer of x ms, which is then cancelled. */
    CANCELLED('k'),
    /** Own UUID, random number and time, through an activity. */
    IDENTITY('i'),
    /** A custom status. */
    STATUS('u'),
    /** An event to another instance; x says which, y whether nobody waits for the answer. */
    SEND('g'),
    /** An operation of the entity x; y which one. */
    ENTITY_CALL('C'),
    /** The same as a signal; y / 100 in how many ms. */
    SIGNAL('G'),
    /** Its parts, while the entities x, a set of bits, are locked; if y is 1, continues as new. */
    SECTION('L'),
    /** From the account x to the account y; only within a section. */
    TRANSFER('m'),
    /** A change of the code. */
    PATCH('p'),
    /** Ends its node while the orchestrator runs. */
    DEADLY('P'),
    /** Continues as new; only outside of all other steps. */
    CONTINUE('n'),
    /** A failure. */
    FAIL('f');

    private static final Kind[] BY_LETTER = new Kind[128];

    static {
      for (Kind kind : values()) {
        BY_LETTER[kind.letter] = kind;
      }
    }

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  static Step of(Kind kind, int x, int y, Step... parts) {
    return new Step(kind, x, y, List.of(parts));
  }

  static String text(List<Step> steps) {
    StringBuilder text = new StringBuilder();
    steps.forEach(step -> step.writeTo(text));
    return text.toString();
  }

  private void writeTo(StringBuilder text) {
    text.append(kind.letter).append(x);
    if (y != 0) {
      text.append('.').append(y);
    }
    if (!parts.isEmpty()) {
      text.append('(');
      parts.forEach(part -> part.writeTo(text));
      text.append(')');
    }
  }

  static List<Step> parse(String text) {
    return new Parser(text).steps();
  }

  private static final class Parser {

    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    List<Step> steps() {
      List<Step> steps = new ArrayList<>();
      while (at < text.length() && text.charAt(at) != ')') {
        Kind kind = Kind.BY_LETTER[text.charAt(at++)];
        int x = number();
        int y = skip('.') ? number() : 0;
        List<Step> parts = List.of();
        if (skip('(')) {
          parts = steps();
          at++;
        }
        steps.add(new Step(kind, x, y, parts));
      }
      return steps;
    }

    private boolean skip(char c) {
      boolean there = at < text.length() && text.charAt(at) == c;
      at += there ? 1 : 0;
      return there;
    }

    private int number() {
      int number = 0;
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        number = number * 10 + text.charAt(at++) - '0';
      }
      return number;
    }
  }
}
