package dev.durable.jpa;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a parameter is: how a value is set, alone or as one of an array of PostgreSQL. */
enum ColumnType {
  BIGINT(Types.BIGINT, "BIGINT[]") {
    @Override
    Object array(List<Object[]> rows, int column) {
      return fill(new Long[rows.size()], rows, column);
    }
  },
  INTEGER(Types.INTEGER, "INTEGER[]") {
    @Override
    Object array(List<Object[]> rows, int column) {
      return fill(new Integer[rows.size()], rows, column);
    }
  },
  VARCHAR(Types.VARCHAR, "VARCHAR[]") {
    @Override
    Object array(List<Object[]> rows, int column) {
      return fill(new String[rows.size()], rows, column);
    }
  },
  /** Text of any length. */
  TEXT(Types.VARCHAR, "TEXT[]") {
    @Override
    Object array(List<Object[]> rows, int column) {
      return fill(new String[rows.size()], rows, column);
    }
  };

  private final int jdbcType;
  private final String arrayType;

  ColumnType(int jdbcType, String arrayType) {
    this.jdbcType = jdbcType;
    this.arrayType = arrayType;
  }

  /** What an array parameter of it looks like in the text of a statement. */
  String arrayParameter() {
    return "CAST(? AS " + arrayType + ")";
  }

  /** One column of rows. */
  abstract Object array(List<Object[]> rows, int column);

  private static <T> T[] fill(T[] array, List<Object[]> rows, int column) {
    for (int row = 0; row < array.length; row++) {
      @SuppressWarnings("unchecked") // rows hold what their types say
      T value = (T) rows.get(row)[column];
      array[row] = value;
    }
    return array;
  }

  void set(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
    if (value == null && jdbcType != Types.VARCHAR) {
      statement.setNull(index, jdbcType);
    } else if (value instanceof Long number) {
      statement.setLong(index, number);
    } else if (value instanceof Integer number) {
      statement.setInt(index, number);
    } else {
      statement.setString(index, (String) value);
    }
  }
}
