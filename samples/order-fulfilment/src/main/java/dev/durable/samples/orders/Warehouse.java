package dev.durable.samples.orders;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.List;

/** Fills the shelves when the application starts for the first time. */
@ApplicationScoped
public class Warehouse {

  private static final int PLENTY = 1_000_000;

  @PersistenceContext(unitName = "orders")
  private EntityManager em;

  @Transactional
  void fill(@Observes @Initialized(ApplicationScoped.class) Object start) {
    if (em.createQuery("select count(s) from StockItem s", Long.class).getSingleResult() > 0) {
      return;
    }
    List.of(
            "tea:4.50",
            "coffee:7.90",
            "cup:12.00",
            "kettle:89.00",
            "espresso-machine:1490.00",
            "sugar:1.20")
        .forEach(
            article -> {
              String[] parts = article.split(":");
              em.persist(new StockItem(parts[0], new BigDecimal(parts[1]), PLENTY));
            });
    for (int i = 1; i <= 200; i++) {
      em.persist(new StockItem("part-" + i, new BigDecimal("0.25"), PLENTY));
    }
    em.persist(new StockItem("last-of-its-kind", new BigDecimal("99.00"), 1));
  }
}
