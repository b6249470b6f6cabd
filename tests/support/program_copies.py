"""A copy of the program that the service set up once, for every tenant after the first."""

import json
import re
from uuid import UUID

from django.db import connection

from advocacy.tenancy.ids import uuid7_texts
from advocacy.tenancy.models import Tenant
from advocates import models

TABLES = [
    model._meta.db_table for model in (models.ProgramPolicy, models.ActivityType, models.Tier)
]

_COUNTS = ", ".join(f"(SELECT count(*) FROM {t} WHERE tenant_id = %(tenant)s)" for t in TABLES)
_FOUND = f"SELECT language, {_COUNTS} FROM {Tenant._meta.db_table} WHERE id = %(tenant)s"
_ROWS = " UNION ALL ".join(f"SELECT '{t}', to_jsonb(t) FROM {t} t" for t in TABLES)
_PASTE = "WITH one AS ({}), two AS ({}) {}".format(
    *(f"INSERT INTO {t} SELECT * FROM jsonb_populate_recordset(NULL::{t}, %s)" for t in TABLES)
)

#: The rows of each table as JSON, and the ids in them, by the language of the texts.
_kept: dict[str, tuple[list[str], UUID, list[str]]] = {}


def found(tenant_id: UUID) -> tuple[str, int, int, int]:
    """The language of the open scope's tenant; how many policies, activity types, tiers it has."""
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, {"tenant": tenant_id})
        row: tuple[str, int, int, int] = cursor.fetchone()
        return row


def keep(tenant_id: UUID, language: str) -> None:
    """Remember the rows of the open scope's tenant, which were just made."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS)
        rows = [(table, json.loads(row)) for table, row in cursor.fetchall()]
    texts = [json.dumps([row for table, row in rows if table == wanted]) for wanted in TABLES]
    _kept[language] = (texts, tenant_id, sorted(row["id"] for _table, row in rows))


def paste(tenant_id: UUID, language: str) -> bool:
    """Give the open scope's tenant these rows, with new ids; False when none are known yet."""
    if language not in _kept:
        return False
    texts, home, ids = _kept[language]
    fresh = dict(zip(ids, uuid7_texts(len(ids)), strict=True))
    fresh[str(home)] = str(tenant_id)
    ours = re.compile("|".join(fresh))
    with connection.cursor() as cursor:
        cursor.execute(_PASTE, [ours.sub(lambda m: fresh[m[0]], text) for text in texts])
    return True
