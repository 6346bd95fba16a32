package dev.durable.it.entities;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** The application's table, in the engine's database. */
@ApplicationScoped
public class Book {

  @PersistenceContext(unitName = "book")
  EntityManager rows;

  /** Writes one in the caller's transaction; it is in the database when this returns. */
  @Transactional(TxType.MANDATORY)
  public void write(String about) {
    rows.persist(new Entry(about));
    rows.flush();
  }

  /** Writes what the database refuses at the commit. */
  @Transactional(TxType.MANDATORY)
  public void writeTwiceTheSame(String id) {
    rows.persist(new Entry(id, id));
    rows.flush();
    rows.clear();
    rows.persist(new Entry(id, id));
  }

  /** How many there are. */
  @Transactional(TxType.REQUIRES_NEW)
  public long count(String about) {
    return rows.createQuery("select count(e) from Entry e where e.about = :about", Long.class)
        .setParameter("about", about)
        .getSingleResult();
  }
}
