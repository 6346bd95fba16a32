package dev.durable.jpa;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A tag of an instance, for those who look for it. Inserted and deleted, never updated. */
@Entity
@Table(name = "DURABLE_TAG")
@IdClass(TagRow.Key.class)
@Cacheable(false)
class TagRow {

  @Id
  @Column(name = "INSTANCE_KEY")
  private long instanceKey;

  @Id
  @Column(name = "NAME")
  private String name = "";

  @Column(name = "VALUE_")
  private String value = "";

  protected TagRow() {}

  TagRow(long instanceKey, String name, String value) {
    this.instanceKey = instanceKey;
    this.name = name;
    this.value = value;
  }

  /** The primary key; its shape is Jakarta Persistence's. */
  public static class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private long instanceKey;
    private String name = "";

    /** For the persistence provider. */
    public Key() {}

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that && instanceKey == that.instanceKey && name.equals(that.name);
    }

    @Override
    public int hashCode() {
      return Objects.hash(instanceKey, name);
    }
  }
}
