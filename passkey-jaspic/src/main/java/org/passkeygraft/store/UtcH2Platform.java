package org.passkeygraft.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.eclipse.persistence.internal.sessions.AbstractSession;
import org.eclipse.persistence.platform.database.H2Platform;
import org.jspecify.annotations.Nullable;

/** H2 with times that pass through unharmed, see {@link LocalTimes}. Public only for the persistence provider. */
public final class UtcH2Platform extends H2Platform {
    @Override
    public void setParameterValueInDatabaseCall(
            @Nullable Object parameter, PreparedStatement statement, int index, AbstractSession session)
            throws SQLException {
        if (!LocalTimes.write(parameter, statement, index)) {
            super.setParameterValueInDatabaseCall(parameter, statement, index, session);
        }
    }

    @Override
    public @Nullable Object getObjectFromResultSet(ResultSet result, int column, int jdbcType, AbstractSession session)
            throws SQLException {
        return LocalTimes.isTime(jdbcType)
                ? LocalTimes.read(result, column)
                : super.getObjectFromResultSet(result, column, jdbcType, session);
    }

    @Override
    public int getJDBCType(@Nullable Class<?> javaType) {
        return LocalTimes.isTime(javaType) ? Types.TIMESTAMP : super.getJDBCType(javaType);
    }

    /** True in EclipseLink's own: a statement that adds one would then be written with its values in the text (T-95). */
    @Override
    public boolean isDynamicSQLRequiredForFunctions() {
        return false;
    }
}
