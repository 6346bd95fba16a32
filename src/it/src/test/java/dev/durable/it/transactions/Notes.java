package dev.durable.it.transactions;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** The application's table, in the engine's database. */
@ApplicationScoped
public class Notes {

  @PersistenceContext(unitName = "notes")
  EntityManager rows;

  /** Writes one in the caller's transaction; it is in the database when this returns. */
  @Transactional(TxType.MANDATORY)
  public void write(String about) {
    rows.persist(new Note(about));
    rows.flush();
  }

  /** How many there are. */
  @Transactional(TxType.REQUIRES_NEW)
  public long count(String about) {
    return rows.createQuery("select count(n) from Note n where n.about = :about", Long.class)
        .setParameter("about", about)
        .getSingleResult();
  }
}
