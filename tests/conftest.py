"""Fixtures of the whole suite: the database as the application role, the clock, the cast.

Tests ask for ``db`` (rolled back) or ``transactional_db`` (committed, emptied afterwards; needed
for threads and live servers). The cast: Alice (program manager) and Bob (sales) work at one
tenant, Charlie (program manager) at another.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from advocacy.tenancy.models import Membership, Tenant, User
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope
from tests.factories.tenancy import MembershipFactory, TenantsFactory
from tests.support import database, time, worlds
from tests.support.breadth import FULL
from tests.support.cases import Cases

# The cases in tests/kit say what was expected and what came.
pytest.register_assert_rewrite("tests.kit")

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def every_language_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if our own texts were translated into each language of the settings."""
    monkeypatch.setattr("advocacy.languages.is_spoken", lambda _code: True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Flags of the contracts."""
    parser.addoption(
        "--update-queries",
        action="store_true",
        help="write the query counts of every page anew (tests/contracts/queries.json)",
    )
    parser.addoption(
        "--screenshots",
        action="store_true",
        help="keep a picture of every page in screenshots/ (tests/support/walk.py)",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only ``make test-all`` runs: tests marked ``full``."""
    if FULL:
        return
    left_out = [item for item in items if item.get_closest_marker("full")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Collect garbage rarely: what was imported stays, and looking through it again takes time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Take away what is committed for contracts (tests/support/worlds.py) before other tests."""
    # It holds 9,000 statements, and full it would look to a test as if none were made.
    for each in connections.all(initialized_only=True):
        each.queries_log.clear()
    names = getattr(item, "fixturenames", ())
    mark = item.get_closest_marker("django_db")
    if mark or "db" in names or "transactional_db" in names or "live_server" in names:
        worlds.leave(
            contract=item.nodeid.startswith("tests/contracts/"),
            transactional=bool(mark and mark.kwargs.get("transaction"))
            or not {"transactional_db", "live_server"}.isdisjoint(names),
        )


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Make the database as the owner; ``default`` is the application's view of the same one."""
    keep = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock(), database.server_lock() as server:
        name = connections["owner"].creation._get_test_db_name()
        copied = not keep and database.copy_template(server, name)
        made = setup_databases(
            verbosity=0,
            interactive=False,
            keepdb=keep or copied,
            aliases=["default", "owner"],
            serialized_aliases=[],
        )
        database.make_clock_movable()
        if keep:
            database.empty_tables()
        elif not copied:
            connections.close_all()
            database.keep_as_template(server, name)
        database.install()
        time.install()
    yield
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            # The application's own connection would keep the owner from dropping the database.
            connections.close_all()
            database.hang_up(name)
            teardown_databases(made, verbosity=0)


@pytest.fixture
def clock() -> Iterator[time.Clock]:
    """The clock, standing at ``time.START`` until the test moves it."""
    movable = time.Clock()
    movable.set(time.START)
    yield movable
    movable.restore()


@pytest.fixture
def tenant(db: None) -> Tenant:
    """Alice's and Bob's company."""
    made: Tenant = TenantsFactory(name="Acme", slug="acme")
    return made


@pytest.fixture
def other_tenant(db: None) -> Tenant:
    """Charlie's company."""
    made: Tenant = TenantsFactory(name="Umbrella", slug="umbrella", time_zone="America/Sao_Paulo")
    return made


@pytest.fixture
def scope(request: pytest.FixtureRequest, tenant: Tenant) -> Iterator[Tenant]:
    """Runs the whole test inside ``tenant``."""
    if "transactional_db" in request.fixturenames or "live_server" in request.fixturenames:
        pytest.fail("with transactional_db, open tenant_scope(tenant) in the test, or commit never")
    with ExitStack() as stack:
        stack.enter_context(tenant_scope(tenant))
        yield tenant
        raw = connection.connection
        if raw is not None and raw.info.transaction_status == TRANSACTION_STATUS_INERROR:
            transaction.set_rollback(True)


@pytest.fixture
def membership(tenant: Tenant) -> Callable[..., Membership]:
    """``membership("sales")``: a new member; ``tenant=`` and ``user=`` may be given."""

    def make(role: str = Role.PROGRAM_MANAGER, **kwargs: Any) -> Membership:
        home = kwargs.pop("tenant", tenant)
        with tenant_scope(home):
            made: Membership = MembershipFactory(role=role, **kwargs)
            return made

    return make


def _cast(home: Tenant, role: str, name: str) -> Membership:
    with tenant_scope(home):
        made: Membership = MembershipFactory(
            role=role, user__name=name, user__email=f"{name.lower()}@example.com"
        )
        return made


@pytest.fixture
def alice(tenant: Tenant) -> Membership:
    """Program manager at ``tenant``."""
    return _cast(tenant, Role.PROGRAM_MANAGER, "Alice")


@pytest.fixture
def bob(tenant: Tenant) -> Membership:
    """Sales at ``tenant``."""
    return _cast(tenant, Role.SALES, "Bob")


@pytest.fixture
def charlie(other_tenant: Tenant) -> Membership:
    """Program manager at ``other_tenant``."""
    return _cast(other_tenant, Role.PROGRAM_MANAGER, "Charlie")


def sign_in(client: Client, user: User) -> None:
    """As ``force_login``, in one statement instead of six; hundreds of tests sign somebody in."""
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


@pytest.fixture
def each(db: None) -> Iterator[Cases]:
    """``with each(case):``: many cases in one world, undone one by one; all that fail are told."""
    cases = Cases()
    yield cases
    cases.tell()


@pytest.fixture
def client_for() -> Callable[[Membership | None], Client]:
    """``client_for(alice)``: a browser in which she is signed in; ``None`` for nobody."""

    def make(member: Membership | None) -> Client:
        client = Client(raise_request_exception=False)
        if member is not None:
            sign_in(client, member.user)
        return client

    return make
