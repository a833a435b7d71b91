"""The Django ``DATABASES`` entry out of the environment: PostgreSQL on one host or several, or SQLite."""

import os
import re
from pathlib import Path
from typing import Any

from jitasa.config.env import BadSetting, flag, number

SCHEMES = ("postgres://", "postgresql://")
EXAMPLE = "postgresql://user:pass@host:5432/jitasa"
PORTS = re.compile("[0-9,]*")
STANDBY_PATIENT_SECONDS = 60  # a command or worker gives a standby time to be started anew
CONNECT_SECONDS, CONNECT_SECONDS_EACH = 5, 3  # to the only host · to each of several
# A host that vanished without a word is noticed within 25 seconds while we wait for it, within 15 when it does not
# take what we send.
VANISHED = {
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
}


def patient() -> bool:
    """Whether this process may wait long for the database: workers and commands may, a web process may not."""
    return os.environ.get("JITASA_ROLE") != "web"


def pooled() -> bool:
    """Whether a pooler gives each transaction another connection to the server, so that none may be told anything."""
    return flag("JITASA_DATABASE_POOLED", False)


def database(name: str, data_dir: Path) -> dict[str, Any]:
    """The entry for what the variable ``name`` says; SQLite in the data folder when it says nothing."""
    value = os.environ.get(name, "").strip()
    return _postgresql(name, value) if value else _sqlite(data_dir)


def replica(name: str, primary: dict[str, Any]) -> dict[str, Any]:
    """The entry of a copy that may be read: of several hosts a standby, while there is one."""
    value = os.environ[name].strip()
    if primary["ENGINE"] != "jitasa.postgresql":
        raise BadSetting(name, value, "ต้องตั้ง JITASA_DATABASE_URL เป็น PostgreSQL ด้วย", EXAMPLE)
    found = _postgresql(name, value, choice="prefer-standby")
    return found | {"TEST": {"MIRROR": "default"}}


def _sqlite(data_dir: Path) -> dict[str, Any]:
    return {
        "ENGINE": "jitasa.sqlite",
        "NAME": data_dir / "jitasa.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # One writer at a time, asked for at the start, so that no transaction fails half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 60 if patient() else number("JITASA_LOCK_SECONDS", 3, 1, 60),
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;"
            ),
        },
        "TEST": {"OPTIONS": {}},
    }


def _postgresql(name: str, value: str, *, choice: str = "") -> dict[str, Any]:
    """Read by PostgreSQL's own library, which knows several hosts and all its options.

    Of several hosts the one that takes writes is chosen, unless ``choice`` or the address says otherwise.
    """
    if not value.startswith(SCHEMES):
        raise BadSetting(name, value, "รองรับ PostgreSQL เท่านั้น (ว่างไว้คือ SQLite)", EXAMPLE)
    options = _parts(name, value)
    hosts, ports = options.pop("host", ""), options.pop("port", "")
    several = "," in hosts
    for option, usual in VANISHED.items():
        options.setdefault(option, usual)
    options.setdefault("connect_timeout", str(CONNECT_SECONDS_EACH if several else CONNECT_SECONDS))
    if not pooled():
        options["options"] = (
            f"{_time_limits()} {options.get('options', '')}".rstrip()
        )  # what the address says wins
    if choice or (several and not pooled()):  # among poolers our own backend chooses the writable one
        options.setdefault("target_session_attrs", choice or "read-write")
    return {
        "ENGINE": "jitasa.postgresql",
        "NAME": options.pop("dbname"),
        "USER": options.pop("user", ""),
        "PASSWORD": options.pop("password", ""),
        "HOST": hosts,
        "PORT": ports,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "POOLED": pooled(),
        "STANDBY_SECONDS": STANDBY_PATIENT_SECONDS
        if patient()
        else number("JITASA_STANDBY_SECONDS", 10, 1, 600),
        "OPTIONS": options,
    }


def _parts(name: str, value: str) -> dict[str, str]:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        parts = {key: str(each) for key, each in conninfo_to_dict(value).items()}
    except psycopg.Error as error:
        raise BadSetting(name, value, str(error).strip(), EXAMPLE) from None
    if not parts.get("dbname"):
        raise BadSetting(name, value, "ไม่มีชื่อฐานข้อมูล", EXAMPLE)
    if not PORTS.fullmatch(parts.get("port", "")):
        raise BadSetting(name, value, "พอร์ตต้องเป็นตัวเลข", EXAMPLE)
    return parts


def _time_limits() -> str:
    """PostgreSQL's patience, for every connection of this process (start-up options)."""
    lock = 60 if patient() else number("JITASA_LOCK_SECONDS", 3, 1, 60)
    statement = 0 if patient() else number("JITASA_STATEMENT_SECONDS", 30, 1, 600)
    idle = 600 if patient() else 60
    return (
        f"-c lock_timeout={lock}s -c statement_timeout={statement}s"
        f" -c idle_in_transaction_session_timeout={idle}s"
    )
