"""What Citus refuses of a statement, and what sends it to every shard (TEN-3.c).

Read from the text, so that it can be said without Citus: of statements as the application sends
them (values in place or as parameters), as ``pg_stat_statements`` keeps them, and of the bodies of
functions. Each finding says what to write instead.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

#: Not IMMUTABLE, of PostgreSQL's own; those of the product are asked of the catalogue.
CHANGING = frozenset(
    {
        "clock_timestamp",
        "current_setting",
        "gen_random_uuid",
        "nextval",
        "now",
        "random",
        "statement_timestamp",
        "timeofday",
        "transaction_timestamp",
    }
)
#: Of longer names Citus keeps a beginning and a hash, since a shard's number is put behind them.
LONGEST_NAME = 55

_NOISE = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)
_WRITES = re.compile(
    r"\b(INSERT\s+INTO|UPDATE\s+(?!OF\b|SKIP\b|NOWAIT\b)[\w\"]|DELETE\s+FROM)", re.I
)
_ROW_LOCK = re.compile(r"\bFOR\s+(NO\s+KEY\s+)?UPDATE\b|\bDO\s+UPDATE\b", re.I)
_INSERT = re.compile(r"\bINSERT\s+INTO\b", re.I)
_OF_SETTING = re.compile(r"tenant_id\"?\s*=\s*\(?\s*(?:NULLIF\s*\(\s*)?current_setting\s*\(", re.I)
_GIVEN_TENANT = re.compile(r"tenant_id\"?\s*=\s*\(*\s*(''|%s|%\(|\$\d)", re.I)
_CASE = re.compile(r"\b(CASE|END)\b|\bCOALESCE\s*\(", re.I)
_OPEN_NAME = re.compile(r"(?<![.\w\"])\"?tenant_id\b", re.I)
_NO_ALIAS = (
    "ON|WHERE|SET|JOIN|LEFT|RIGHT|INNER|FULL|CROSS|NATURAL|USING|GROUP|ORDER|HAVING|LIMIT|OFFSET"
    "|UNION|EXCEPT|INTERSECT|FOR|RETURNING|VALUES|SELECT|DEFAULT|WINDOW|FETCH|OVERRIDING|TABLESAMPLE"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not go on several machines."""

    rule: str
    problem: str

    def __str__(self) -> str:
        return f"{self.problem} [{self.rule}]"


def plain(sql: str) -> str:
    """A statement without what its texts and comments say."""
    return _NOISE.sub(lambda found: "''" if found[0].startswith("'") else " ", sql)


def writes(sql: str) -> bool:
    """Whether a statement (``plain``) changes rows; locking them is no change."""
    return bool(_WRITES.search(_ROW_LOCK.sub(" ", sql)))


def calls(sql: str, functions: Collection[str]) -> set[str]:
    """Which of these functions a statement calls."""
    return set(re.findall(r"\b([a-z_]\w*)\"?\s*\(", sql)) & set(functions)


def findings(
    sql: str, *, tables: Collection[str], changing: Collection[str] = ()
) -> Iterator[Finding]:
    """What is wrong with one statement.

    ``tables`` are those of tenants; ``changing`` functions of the product that are not IMMUTABLE.
    """
    text = plain(sql)
    yield from _without_tenant(text, _references(frozenset(tables)))
    yield from refused(text, changing=changing)


def refused(text: str, *, changing: Collection[str] = ()) -> Iterator[Finding]:
    """What Citus refuses of a statement (``plain``), whatever tables it names."""
    if _OF_SETTING.search(text):
        yield Finding(
            "setting",
            "compares the tenant with current_setting(): give it as a parameter, "
            "`tenant_id = %s` with current_tenant_id()",
        )
    parts = [part.strip() for part in text.split(";") if part.strip()]
    local = [part.upper().startswith("SET LOCAL") for part in parts]
    if any(local) and not all(local):
        yield Finding(
            "forwarded",
            "sends something together with SET LOCAL, and all of it is forwarded to every worker:"
            " send it by itself",
        )
    if writes(text):
        functions = CHANGING | set(changing)
        for part in _choices(text):
            if called := calls(part.lower(), functions):
                yield Finding(
                    "changing",
                    f"calls {', '.join(sorted(called))}() inside CASE or COALESCE of a write: give"
                    " the value as a parameter",
                )
                break
    for insert in _INSERT.finditer(text):
        level = _level(text, insert.start())
        if re.search(r"\bSELECT\b", level, re.I) and not re.search(
            r"\bRETURNING\b|\bON\s+CONFLICT\b", level, re.I
        ):
            yield Finding(
                "copy",
                "INSERT … SELECT becomes a COPY, which policies refuse: add RETURNING id",
            )
            break


def _without_tenant(text: str, references: re.Pattern[str]) -> Iterator[Finding]:
    found = list(references.finditer(text))
    for reference in found:
        table, alias = reference["table"], reference["alias"]
        named = re.compile(rf"(?<![\w]){alias or table}\"?\.\"?tenant_id\b", re.I)
        if not named.search(text) and (alias or not _OPEN_NAME.search(text)):
            name = f"{table} {alias}" if alias else table
            yield Finding(
                "shards",
                f"names {name} without its tenant, so it goes to every shard: use the model's"
                f" manager, or add `{alias or table}.tenant_id = %s`",
            )
            return
    if found and not _GIVEN_TENANT.search(text) and not _INSERT.search(text):
        yield Finding(
            "shards",
            f"names {found[0]['table']} and no tenant, so it goes to every shard: use the model's"
            " manager, or add `tenant_id = %s`",
        )


@lru_cache(maxsize=4)
def _references(tables: frozenset[str]) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, tables), key=len, reverse=True)) or r"(?!)"
    return re.compile(
        rf"(?:\b(?:FROM|JOIN|UPDATE|INTO|USING|ONLY)|,)\s+\(*\"?(?P<table>{names})\"?(?![\"\w.])"
        rf"(?:\s+(?:AS\s+)?\"?(?!(?:{_NO_ALIAS})\b)(?P<alias>[A-Za-z_]\w*)\"?)?",
        re.I,
    )


def _level(text: str, start: int) -> str:
    """From here to the end of what encloses it, without what stands in parentheses."""
    depth, kept = 0, []
    for letter in text[start:]:
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth -= 1
            if depth < 0:
                break
        elif letter == ";" and not depth:
            break
        elif not depth:
            kept.append(letter)
            continue
        kept.append(" ")
    return "".join(kept)


def _choices(text: str) -> Iterator[str]:
    """What stands in each CASE and COALESCE."""
    opened: list[int] = []
    for found in _CASE.finditer(text):
        word = found[0].upper()
        if word == "CASE":
            opened.append(found.start())
        elif word == "END":
            if opened:
                yield text[opened.pop() : found.end()]
        else:
            yield text[found.end() : _closing(text, found.end())]


def _closing(text: str, start: int) -> int:
    depth = 1
    for place in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if not depth:
            return place
    return len(text)
