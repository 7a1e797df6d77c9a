"""How each of the two databases is spoken to, whatever DATABASE_URL names."""

LIFETIME = 60  # seconds a connection stays open

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


def spoken_to(database):
    """Its settings, completed."""
    is_sqlite = database["ENGINE"].endswith("sqlite3")
    options = SQLITE_OPTIONS if is_sqlite else _of_postgresql(database.get("OPTIONS", {}))
    return database | {"CONN_MAX_AGE": LIFETIME, "CONN_HEALTH_CHECKS": not is_sqlite, "OPTIONS": options}


def _of_postgresql(named):
    # It would turn a question it takes for costly into machine code: a search of 10,000 documents then takes two to
    # four seconds instead of tenths of one.
    return named | {"options": f"{named.get('options', '')} -c jit=off".strip()}
