"""``manage.py rebuild_search``: all terms anew, or what differs from the rows (``--check``)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id, tenant_scope


def indexed() -> list[tuple[str, str]]:
    """Kind and table of what has terms, as the triggers say."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT substring(tgname from '^search_index_(.*)_added$'), tgrelid::regclass::text"
            " FROM pg_trigger WHERE tgname LIKE 'search\\_index\\_%%\\_added' ORDER BY 1",
            [],
        )
        return [(str(kind), str(table)) for kind, table in cursor.fetchall()]


def rebuild(kind: str, table: str) -> bool:
    """Write the terms of the scope's rows anew; what is right stays. Whether anything changed."""
    with connection.cursor() as cursor:
        before = _sum(cursor, kind)
        cursor.execute(
            f"SELECT search_index_{kind}(tenant_id, array_agg(id)) FROM {table}"
            " WHERE tenant_id = %s GROUP BY tenant_id",
            [current_tenant_id()],
        )
        cursor.execute(
            "DELETE FROM search_searchterm s WHERE s.tenant_id = %s AND s.kind = %s"
            f" AND NOT EXISTS (SELECT FROM {table} r"
            " WHERE r.tenant_id = s.tenant_id AND r.id = s.object_id)",
            [current_tenant_id(), kind],
        )
        return before != _sum(cursor, kind)


def _sum(cursor: Any, kind: str) -> tuple[Any, ...]:
    cursor.execute(
        "SELECT count(*), sum(hashtext(term || object_id::text || is_start::text))"
        " FROM search_searchterm WHERE tenant_id = %s AND kind = %s",
        [current_tenant_id(), kind],
    )
    found: tuple[Any, ...] = cursor.fetchone()
    return found


class Command(BaseCommand):
    """Each tenant and kind by itself, so that it can be stopped and begun again."""

    help = "Write the search terms anew, or say with --check what differs from the rows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = []
        for tenant in Tenant.objects.order_by("slug"):
            for kind, table in indexed():
                with tenant_scope(tenant):
                    if rebuild(kind, table):
                        wrong.append(f"{tenant.slug}: {kind}")
                    if options["check"]:
                        transaction.set_rollback(True)
        if options["check"] and wrong:
            raise CommandError("The terms differ from the rows: " + ", ".join(wrong))
        done = "mended" if wrong else "right"
        self.stdout.write(f"The terms are {done}. {', '.join(wrong)}".strip())
