package dev.durable.it.entities;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A row of the application's: somebody wrote something about something. */
@Entity
@Table(name = "TEST_ENTRY")
public class Entry {

  @Id
  @Column(name = "ID", length = 36)
  private String id;

  @Column(name = "ABOUT", nullable = false, length = 200)
  private String about;

  /** For JPA. */
  protected Entry() {
    this("");
  }

  Entry(String about) {
    this(UUID.randomUUID().toString(), about);
  }

  Entry(String id, String about) {
    this.id = id;
    this.about = about;
  }
}
