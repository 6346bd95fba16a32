package dev.durable.it.calls;

import dev.durable.Activity;
import dev.durable.ActivityContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Activities of travellers: several at once, and some that are undone. */
@ApplicationScoped
public class TripActivities {

  /** How many prices are asked for at once. */
  static final int WINDOW = 3;

  @Inject ActivityContext activity;
  @Inject Journal journal;

  private final Map<String, CyclicBarrier> barriers = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> open = new ConcurrentHashMap<>();

  /** Returns only when a whole window of them is open, and fails if there are more. */
  @Activity("ask-price")
  public int askPrice(int offer) throws Exception {
    String id = activity.instanceId();
    AtomicInteger now = open.computeIfAbsent(id, key -> new AtomicInteger());
    if (now.incrementAndGet() > WINDOW) {
      throw new IllegalStateException("more than " + WINDOW + " at once");
    }
    barriers.computeIfAbsent(id, key -> new CyclicBarrier(WINDOW)).await(30, TimeUnit.SECONDS);
    now.decrementAndGet();
    return offer * 10;
  }

  @Activity("book")
  public String book(String what) {
    if (what.equals("flight")) {
      throw new IllegalStateException("no seats");
    }
    journal.note(activity.instanceId(), "book " + what);
    return "booked " + what;
  }

  @Activity("cancel-booking")
  public void cancelBooking(String booking) {
    journal.note(activity.instanceId(), "cancel what is " + booking);
  }

  @Activity("count-visits")
  public int countVisits(String place) {
    journal.note(place, activity.instanceId());
    return journal.of(place).size();
  }
}
