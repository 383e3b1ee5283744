extension Migration {
    /// Game nights: the catalogue, the nights, votes and chats, webhooks, and who may host.
    static let version7 = Migration(
        version: 7,
        sql: """
            CREATE TABLE games (
                id INTEGER PRIMARY KEY,
                title TEXT NOT NULL,
                pack_name TEXT NOT NULL,
                min_players INTEGER NOT NULL,
                max_players INTEGER NOT NULL,
                length_minutes INTEGER,
                has_audience INTEGER NOT NULL,
                family_friendly INTEGER NOT NULL,
                game_type TEXT,
                secondary_type TEXT,
                enabled INTEGER NOT NULL,
                favor_bias INTEGER NOT NULL,
                play_count INTEGER NOT NULL,
                upvotes INTEGER NOT NULL,
                downvotes INTEGER NOT NULL,
                created_ns INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE game_nights (
                id INTEGER PRIMARY KEY,
                notes TEXT,
                created_ns INTEGER NOT NULL,
                closed_ns INTEGER
            ) STRICT;

            CREATE TABLE night_games (
                id INTEGER PRIMARY KEY,
                night_id INTEGER NOT NULL,
                game_id INTEGER NOT NULL,
                manually_added INTEGER NOT NULL,
                status TEXT NOT NULL,
                room_code TEXT,
                played_ns INTEGER NOT NULL,
                player_count INTEGER,
                check_status TEXT -- how far the look into its room has come
            ) STRICT;

            CREATE TABLE night_votes (
                id INTEGER PRIMARY KEY,
                night_id INTEGER NOT NULL,
                night_game_id INTEGER NOT NULL,
                game_id INTEGER NOT NULL,
                username TEXT NOT NULL,
                is_up INTEGER NOT NULL,
                time_ns INTEGER NOT NULL,
                created_ns INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE night_chats (
                night_id INTEGER NOT NULL,
                number INTEGER NOT NULL,
                messages TEXT NOT NULL, -- JSON: some hundred messages
                PRIMARY KEY (night_id, number)
            ) STRICT;

            CREATE TABLE webhooks (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL,
                url TEXT NOT NULL,
                secrets TEXT NOT NULL, -- JSON; a recording replaces it
                events TEXT NOT NULL,
                enabled INTEGER NOT NULL,
                created_ns INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE webhook_deliveries (
                id INTEGER PRIMARY KEY,
                webhook_id INTEGER NOT NULL,
                event TEXT NOT NULL,
                payload TEXT NOT NULL,
                state TEXT NOT NULL,
                attempts INTEGER NOT NULL,
                response_status INTEGER,
                error TEXT,
                created_ns INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE host_logins (
                token_hash BLOB PRIMARY KEY,
                claims TEXT NOT NULL,
                expires_ns INTEGER NOT NULL
            ) STRICT;
            """)
}
