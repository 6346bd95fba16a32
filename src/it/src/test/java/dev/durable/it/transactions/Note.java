package dev.durable.it.transactions;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A row of the application's: somebody wrote something about something. */
@Entity
@Table(name = "TEST_NOTE")
public class Note {

  @Id
  @Column(name = "ID", length = 36)
  private String id;

  @Column(name = "ABOUT", nullable = false, length = 200)
  private String about;

  /** For JPA. */
  protected Note() {
    this("");
  }

  Note(String about) {
    this.id = UUID.randomUUID().toString();
    this.about = about;
  }
}
