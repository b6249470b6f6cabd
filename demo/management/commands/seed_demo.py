"""``manage.py seed_demo``: two tenants to try everything in, or one of any size (``--scale``)."""

import random
from argparse import ArgumentTypeError
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from advocacy import clock
from advocacy.identity.services.calendar import update_calendar
from advocacy.identity.services.invitations import invite_member, register_and_accept
from advocacy.identity.services.tenants import create_tenant
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.citus import settings as citus
from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import Membership, Tenant
from advocacy.tenancy.planning import analyze_small_tables
from advocacy.tenancy.roles import Role
from advocacy.tenancy.scope import tenant_scope
from advocates.accounts.choices import TagKind
from advocates.models import ActivityType, Tag
from advocates.program.tiers.services import recalculate_tiers
from advocates.scoring.services import evaluate_scores
from demo import (
    arrangements,
    deals,
    hearing,
    history,
    limits,
    people,
    preparing,
    present,
    thanking,
    today,
    world,
)
from demo.calls import write_down_a_call
from demo.care import care
from demo.cast import Cast
from demo.content import fill_library
from demo.giving import give_back, recognise
from demo.leaving import ask_to_leave
from demo.loops import leave_open
from demo.measuring import measure
from demo.points import play_points
from demo.program import mature, route
from demo.scale import NotScaled, make_scaled_tenant, remove_scaled_tenant
from demo.setting_up import set_up
from demo.sharing import share_with_deals
from demo.timeline import at, working_moment
from demo.voices import speak

REQUESTS_IN_THE_YEAR = 60
#: After so many the planner is told what is in the tables by now: all is one transaction.
LOOK_EVERY = 10
#: The tenant of ``--scale``.
SCALED, NAME = "scale", "Proseware"
SMALLEST, LARGEST = 20, 1_000_000


class Command(BaseCommand):
    """Fill in the demo tenants Northwind (a year of history) and Contoso (a small second one).

    With ``--scale N`` make one tenant of N people with a year and a half of history instead.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """``--if-empty`` makes it safe to run at every start."""
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when the demo is there already"
        )
        scale = parser.add_argument_group("a tenant of any size")
        scale.add_argument(
            "--scale", type=_size, metavar="N", help=f"people, from {SMALLEST} to {LARGEST:,}"
        )
        scale.add_argument("--slug", help=f"its address (default: {SCALED})")
        scale.add_argument("--seed", type=int, help="the same seed makes the same people")
        scale.add_argument(
            "--remake",
            action="store_true",
            help="remove it first if it is there; only a tenant made by --scale is ever removed",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed, or say who can sign in."""
        if options["scale"] is not None:
            if options["if_empty"]:
                raise CommandError("--if-empty is for the demo; --scale has --remake")
            self._scale(**options)
            return
        if options["slug"] or options["remake"] or options["seed"] is not None:
            raise CommandError("--slug, --seed and --remake belong to --scale N")
        self._demo(options)

    def _scale(
        self, *, scale: int, slug: str | None, seed: int | None, remake: bool, **rest: Any
    ) -> None:
        with connection.cursor() as cursor:
            if citus.is_installed(cursor):
                raise CommandError(
                    "--scale joins temporary tables with those of tenants, which Citus refuses;"
                    " make it on PostgreSQL itself."
                )
        address = slug or SCALED
        there = Tenant.objects.filter(slug=address).first()
        if there is not None and not remake:
            raise CommandError(
                f"the tenant “{address}” exists already; --remake replaces it, "
                "--slug NAME makes another"
            )
        try:
            if there is not None:
                self.stderr.write(f"Removing “{address}”.")
                removed = remove_scaled_tenant(there)
                self.stderr.write(f"{removed:,} rows removed.")
            self.stderr.write(f"Filling “{address}” with {scale:,} people.")
            made = make_scaled_tenant(
                people=scale,
                slug=address,
                name=NAME if address == SCALED else address.replace("-", " ").title(),
                seed=1 if seed is None else seed,
                say=lambda words: self.stderr.write(f"  {words}"),
            )
        except (NotScaled, DomainError) as refusal:
            raise CommandError(str(refusal)) from None
        counts = ", ".join(f"{count:,} {what}" for what, count in made.counts.items())
        self.stdout.write("")
        self.stdout.write(f"{made.tenant.name}: {counts}")
        self.stdout.write(f"Sign in at {settings.PUBLIC_URL} — every password: {world.PASSWORD}")
        self._tell_members(
            (member.email, str(Role(member.role).label), member.name) for member in made.sign_ins
        )

    def _demo(self, options: dict[str, Any]) -> None:
        if Tenant.objects.filter(slug="demo").exists():
            if not options["if_empty"]:
                raise CommandError("the demo tenant exists already; --if-empty accepts that")
        else:
            self.stderr.write("Filling in the demo, a year of history: two minutes or so.")
            # Whole or not at all: a start that is interrupted seeds again the next time.
            with transaction.atomic():
                self._seed("demo", "Northwind", world.COLLEAGUES, accounts=50, per_account=3)
                self._seed("contoso", "Contoso", world.OTHER_COLLEAGUES, accounts=8, per_account=2)
        self._tell()

    def _seed(
        self,
        slug: str,
        name: str,
        colleagues: tuple[world.Colleague, ...],
        *,
        accounts: int,
        per_account: int,
    ) -> None:
        now = clock.now()
        dice = random.Random(slug)  # noqa: S311 - a story, not a secret
        admin = next(c for c in colleagues if c.role == Role.ADMIN)
        with at(now - timedelta(days=370)):
            chief = create_tenant(
                name=name,
                slug=slug,
                admin_email=admin.email,
                admin_name=admin.name,
                password=world.PASSWORD,
            )
        with tenant_scope(chief.tenant_id):
            by_role: dict[str, list[Membership]] = {Role.ADMIN: [chief]}
            with at(now - timedelta(days=369)):
                update_calendar(
                    actor=Actor.member(chief),
                    time_zone="Europe/Berlin",
                    currency="EUR",
                    language="en",
                )
                for colleague in colleagues:
                    if colleague.role != Role.ADMIN:
                        invitation = invite_member(
                            actor=Actor.member(chief), email=colleague.email, role=colleague.role
                        )
                        member = register_and_accept(
                            invitation=invitation, name=colleague.name, password=world.PASSWORD
                        )
                        by_role.setdefault(colleague.role, []).append(member)
            self._story(by_role, dice, accounts, per_account)
            history.deliver_old_mail()

    def _story(
        self,
        by_role: dict[str, list[Membership]],
        dice: random.Random,
        accounts: int,
        per_account: int,
    ) -> None:
        now = clock.now()
        manager = by_role[Role.PROGRAM_MANAGER][0]
        csms = by_role.get(Role.CSM, [manager])
        program = Actor.member(manager)
        with at(now - timedelta(days=362)):
            mature(program)
            companies = people.make_accounts(
                actor=program, csms=csms, dice=dice, limit=accounts, today=now.date()
            )
            persons = people.make_people(
                actor=program,
                accounts=companies,
                dice=dice,
                per_account=per_account,
                today=now.date(),
            )
            enrolled = people.enrol(actor=program, people=persons, dice=dice)
            people.put_on_record_twice(actor=program, person=enrolled[0])
        use_cases = list(Tag.objects.filter(kind=TagKind.USE_CASE))
        cast = Cast(manager, by_role[Role.SALES], csms, use_cases, dice)
        kinds = {kind.code: kind for kind in ActivityType.objects.all()}
        count = REQUESTS_IN_THE_YEAR * accounts // 50
        thanking.log_the_past(cast, enrolled, count=count // 2)
        made = deals.make_deals(cast, count=count + 13)
        for number, deal in enumerate(made[:count]):
            ago = 350 - int(340 * number / count)
            when = working_moment(now - timedelta(days=ago), manager.zone, dice.randrange(9, 15))
            wanted = kinds[dice.choice(history.WANTED)]
            if number % LOOK_EVERY == 0:
                analyze_small_tables()
            history.play_request(cast, history.ask_for_help(cast, deal, wanted, when), when)
        analyze_small_tables()
        deals.end_deals(cast)
        today.play_today(cast, made[count:], kinds)
        preparing.prepare(cast, made[-1], kinds["reference_call"])
        present.fill_queues(cast, made[count + today.PLAYED_TODAY : -1], kinds, by_role)
        preparing.tick_the_past()
        limits.look_a_week_ago(cast)
        recalculate_tiers(reason="demo")
        arrangements.arrange(cast, by_role)
        evaluate_scores()
        care(cast, by_role)
        set_up(cast, by_role)
        route(program, by_role[Role.PROGRAM_MANAGER])
        history.date_tier_changes()
        hearing.catch_up(cast, kinds, by_role)
        limits.ask_for_approval(cast, kinds)
        give_back(cast)
        fill_library(cast)
        leave_open(cast)
        speak(cast)
        write_down_a_call(cast)
        share_with_deals()
        play_points(cast)
        recognise(cast)
        measure(cast)
        ask_to_leave()

    def _tell(self) -> None:
        self.stdout.write("")
        self.stdout.write(f"Sign in at {settings.PUBLIC_URL} — every password: {world.PASSWORD}")
        for name, colleagues in (
            ("Northwind", world.COLLEAGUES),
            ("Contoso", world.OTHER_COLLEAGUES),
        ):
            self.stdout.write(f"  {name}")
            self._tell_members(
                (colleague.email, str(Role(colleague.role).label), colleague.name)
                for colleague in colleagues
            )
        if settings.DEVELOPMENT_MAILBOX:
            self.stdout.write(f"  Mail that was sent: {settings.PUBLIC_URL}/dev/mail/")

    def _tell_members(self, members: Iterable[tuple[str, str, str]]) -> None:
        for email, role, name in members:
            self.stdout.write(f"    {email:<28} {role:<18} {name}")


def _size(text: str) -> int:
    """Number of people; ``argparse`` turns the refusal into a sentence."""
    plain = text.replace(",", "").replace("_", "")
    if not (plain.isascii() and plain.isdigit() and SMALLEST <= int(plain) <= LARGEST):
        raise ArgumentTypeError(f"{text!r} is no number from {SMALLEST} to {LARGEST:,}")
    return int(plain)
