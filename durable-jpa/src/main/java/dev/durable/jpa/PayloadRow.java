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

/** A text of an instance that is too large for its row. */
@Entity
@Table(name = "DURABLE_PAYLOAD")
@IdClass(PayloadRow.Key.class)
@Cacheable(false)
class PayloadRow {

  /** The purpose of the state of an entity. */
  static final String STATE = "STATE";

  @Id
  @Column(name = "INSTANCE_KEY")
  private long instanceKey;

  @Id
  @Column(name = "PURPOSE")
  private String purpose = "";

  @Column(name = "PAYLOAD")
  private String payload = "";

  protected PayloadRow() {}

  PayloadRow(long instanceKey, String purpose, String payload) {
    this.instanceKey = instanceKey;
    this.purpose = purpose;
    this.payload = payload;
  }

  /** The primary key; its shape is Jakarta Persistence's. */
  public static class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private long instanceKey;
    private String purpose = "";

    /** For the persistence provider. */
    public Key() {}

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && instanceKey == that.instanceKey
          && purpose.equals(that.purpose);
    }

    @Override
    public int hashCode() {
      return Objects.hash(instanceKey, purpose);
    }
  }
}
