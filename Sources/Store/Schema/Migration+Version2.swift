extension Migration {
    /// Who belongs to which organisation.
    static let version2 = Migration(
        version: 2,
        sql: """
            CREATE TABLE memberships (
                organization_id TEXT NOT NULL,
                user_id TEXT NOT NULL,
                role TEXT NOT NULL,
                created_ns INTEGER NOT NULL,
                PRIMARY KEY (organization_id, user_id)
            ) STRICT;

            -- Until now there was only the first start's administrator and its organisation.
            INSERT INTO memberships
                SELECT organizations.id, users.id, 'owner', users.created_ns
                FROM organizations, users;
            """)
}
