"""Accounts and people are found by their terms (API-1, UI-3)."""

from django.db import migrations

from advocacy.search.indexing import Indexed, adds, changed, follows

ACCOUNTS = Indexed(
    "account",
    "advocates_account",
    starts=(
        "r.name",
        "r.domain",
        "r.city",
    ),
    theirs=(
        (
            "(SELECT string_agg(i.external_id, ' ') FROM advocates_accountidentifier i"
            " WHERE i.tenant_id = r.tenant_id AND i.account_id = r.id)"
        ),
    ),
    insides=("r.name", "split_part(r.domain, '.', 1)"),
    changes=("name", "domain", "city"),
)
PEOPLE = Indexed(
    "advocate",
    "advocates_advocate",
    starts=(
        "r.first_name",
        "r.last_name",
        "r.email",
        "r.job_title",
        "a.name",
    ),
    theirs=(
        (
            "(SELECT string_agg(i.external_id, ' ') FROM advocates_advocateidentifier i"
            " WHERE i.tenant_id = r.tenant_id AND i.advocate_id = r.id)"
        ),
    ),
    joins="JOIN advocates_account a ON a.tenant_id = r.tenant_id AND a.id = r.account_id",
    changes=("first_name", "last_name", "email", "job_title", "account_id"),
)


def _ids(indexed: Indexed, table: str, owner: str) -> list[migrations.RunSQL]:
    """The external ids of a row are terms of it."""
    name = f"search_{indexed.kind}_ids"
    again = f"PERFORM {indexed.function}(c.tenant_id, array_agg(DISTINCT c.{owner}))"
    return [
        follows(f"{name}_added", table, "INSERT", adds(indexed, owner, "r.external_id")),
        follows(
            f"{name}_changed",
            table,
            "UPDATE",
            f"{again} FROM (TABLE before UNION TABLE after) c GROUP BY c.tenant_id;",
        ),
        follows(f"{name}_gone", table, "DELETE", f"{again} FROM gone c GROUP BY c.tenant_id;"),
    ]


FOLLOWERS = [
    follows(
        "search_people_of_account",
        "advocates_account",
        "UPDATE",
        f"""PERFORM search_index_advocate(c.tenant_id, array_agg(p.id))
            FROM ({changed("name")}) c
            JOIN advocates_advocate p ON p.tenant_id = c.tenant_id AND p.account_id = c.id
            GROUP BY c.tenant_id;""",
    ),
    *_ids(ACCOUNTS, "advocates_accountidentifier", "account_id"),
    *_ids(PEOPLE, "advocates_advocateidentifier", "advocate_id"),
]


class Migration(migrations.Migration):
    """Functions and triggers; the rows that are there get their terms."""

    dependencies = [("advocates", "0003_import_encodings"), ("search", "0001_tables")]
    operations = [*ACCOUNTS.operations(), *PEOPLE.operations(), *FOLLOWERS]
