"""Accounts and people are found by their terms (API-1, UI-3)."""

from django.db import migrations

from advocacy.search.indexing import Indexed, follows

ACCOUNTS = Indexed(
    "account",
    "advocates_account",
    starts=(
        "r.name",
        "r.domain",
        "r.city",
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
        (
            "(SELECT string_agg(i.external_id, ' ') FROM advocates_advocateidentifier i"
            " WHERE i.tenant_id = r.tenant_id AND i.advocate_id = r.id)"
        ),
    ),
    joins="JOIN advocates_account a ON a.tenant_id = r.tenant_id AND a.id = r.account_id",
    changes=("first_name", "last_name", "email", "job_title", "account_id"),
)


class Migration(migrations.Migration):
    """Functions and triggers; the rows that are there get their terms."""

    dependencies = [("advocates", "0003_import_encodings"), ("search", "0001_tables")]
    operations = [
        *ACCOUNTS.operations(),
        *PEOPLE.operations(),
        follows(
            "search_people_of_account",
            "advocates_account",
            "UPDATE OF name",
            """PERFORM search_index_advocate(p.id) FROM advocates_advocate p
               WHERE p.tenant_id = NEW.tenant_id AND p.account_id = NEW.id
                 AND OLD.name <> NEW.name;""",
        ),
        follows(
            "search_account_ids",
            "advocates_accountidentifier",
            "INSERT OR UPDATE OR DELETE",
            "PERFORM search_index_account(COALESCE(NEW.account_id, OLD.account_id));",
        ),
        follows(
            "search_advocate_ids",
            "advocates_advocateidentifier",
            "INSERT OR UPDATE OR DELETE",
            "PERFORM search_index_advocate(COALESCE(NEW.advocate_id, OLD.advocate_id));",
        ),
    ]
