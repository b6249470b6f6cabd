"""Watching what is sent to the database, as a database of several machines would (TEN-3.c)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.tenancy.base import TenantModel
from advocacy.tenancy.citus.check import changing, functions_of
from advocacy.tenancy.citus.statements import Finding, calls, findings, plain, writes

_OPENS = re.compile(r"^(?:SAVEPOINT|BEGIN)\b")
_CLOSES = re.compile(r"^RELEASE SAVEPOINT\b")
_ENDS = re.compile(r"^(?:COMMIT|ROLLBACK)$")
_LONGEST_SHOWN = 400


class Watch:
    """``with watch("a page"): …``, then ``watch.found``: what, finding and statement, each once."""

    def __init__(self) -> None:
        self.tables = {
            model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)
        }
        with connection.cursor() as cursor:
            functions = functions_of(cursor)
        self.changing = changing(functions)
        self.as_owner = {row[1] for row in functions if row[6]}
        #: Functions of the owner that write.
        self.writers = {row[1] for row in functions if row[6] and row[5] == "v"}
        self.found: dict[tuple[str, str], str] = {}
        self.seen: set[str] = set()

    @contextmanager
    def __call__(self, what: str) -> Iterator[None]:
        with CaptureQueriesContext(connection) as captured:
            yield
        self.look(what, [query["sql"] for query in captured])

    def look(self, what: str, statements: list[str]) -> None:
        """Look at what was sent, from the beginning of a transaction."""
        depth, wrote, owner_wrote = 0, False, False
        for sql in statements:
            if _OPENS.match(sql):
                depth += 1
            elif _CLOSES.match(sql):
                depth -= 1
            elif _ENDS.match(sql):
                depth = 0
            else:
                text = plain(sql)
                form = re.sub(r"\d+", "", text)
                is_new = form not in self.seen
                self.seen.add(form)
                called = calls(text, self.as_owner)
                names_tenants = any(table in text for table in self.tables)
                if called and wrote:
                    self._note(what, sql, self._after_write(called))
                if owner_wrote and names_tenants and not called:
                    self._note(what, sql, self._after_owner())
                if is_new:
                    for finding in findings(sql, tables=self.tables, changing=self.changing):
                        self._note(what, sql, finding)
                wrote = wrote or (names_tenants and writes(text))
                owner_wrote = owner_wrote or bool(called & self.writers)
            if not depth:
                wrote = owner_wrote = False

    def told(self) -> str:
        """What was found, for people."""
        return "\n\n".join(
            f"{problem}\n  during {what}\n  {sql}" for (problem, sql), what in self.found.items()
        )

    def _note(self, what: str, sql: str, finding: Finding) -> None:
        shown = " ".join(sql.split())[:_LONGEST_SHOWN]
        self.found.setdefault((str(finding), shown), what)

    @staticmethod
    def _after_write(called: set[str]) -> Finding:
        return Finding(
            "owner",
            f"calls {', '.join(sorted(called))}(), which reads as the owner, after a write of the"
            " same transaction: call it before the scope opens, or in one of its own",
        )

    @staticmethod
    def _after_owner() -> Finding:
        return Finding(
            "owner",
            "comes after a function that wrote as the owner in the same transaction: read before"
            " calling it",
        )
