"""What makes the database itself refuse to change or remove an entry of the ledger.

On SQLite also an `INSERT OR REPLACE` is refused, which would remove the entry that it replaces; on
PostgreSQL also TRUNCATE.
"""

from __future__ import annotations

from sqlalchemy import Connection

REFUSAL = "corrections are only ever added: withdraw an entry with another one"

_SQLITE = (
    ("corrections_not_changed", "BEFORE UPDATE ON corrections", ""),
    ("corrections_not_removed", "BEFORE DELETE ON corrections", ""),
    (
        "corrections_not_replaced",
        "BEFORE INSERT ON corrections",
        "WHEN EXISTS (SELECT 1 FROM corrections WHERE correction_id = NEW.correction_id)",
    ),
)
_FUNCTION = "refuse_change_of_corrections"
_POSTGRESQL = (
    ("corrections_not_changed", "BEFORE UPDATE OR DELETE ON corrections FOR EACH ROW"),
    ("corrections_not_emptied", "BEFORE TRUNCATE ON corrections FOR EACH STATEMENT"),
)


def make_ledger_triggers(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        for name, moment, condition in _SQLITE:
            connection.exec_driver_sql(
                f"CREATE TRIGGER {name} {moment} {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    connection.exec_driver_sql(
        f"CREATE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    for name, moment in _POSTGRESQL:
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {moment} EXECUTE FUNCTION {_FUNCTION}()")


def drop_ledger_triggers(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        for name, _, _ in _SQLITE:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        return
    for name, _ in _POSTGRESQL:
        connection.exec_driver_sql(f"DROP TRIGGER {name} ON corrections")
    connection.exec_driver_sql(f"DROP FUNCTION {_FUNCTION}()")
