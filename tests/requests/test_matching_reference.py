"""The statement that matches a whole program says what the specification says (MAT-1 to MAT-3).

The rules are written here once more, person by person and in the plainest Python, and compared
with what matching answers over random programs: score, ranking, reasons, totals.
"""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils.crypto import get_random_string

from advocacy import clock
from advocacy.tenancy.models import Tenant
from advocates.models import (
    Account,
    AccountCapacity,
    AccountHold,
    AccountTag,
    Advocate,
    AdvocateTag,
    Blackout,
    BlockedCompany,
    Capacity,
    Consent,
    Participation,
    Preference,
    ProgramPolicy,
    Tag,
    TypePreference,
)
from advocates.people.choices import Comfort, ConsentUse
from advocates.program.ledger.capacity import guard_status
from requests.matching import ordering as ordering_module
from requests.matching.criteria import Standards
from requests.matching.crowd import Crowd
from requests.matching.facts import Question
from requests.matching.matches import look_at
from requests.matching.ranking import assess, match, tally
from requests.matching.score import half_of
from requests.matching.vocabulary import Vocabulary
from requests.models import Ask, MatchingWeights, Request, RequestTag
from tests.factories.advocates import TagFactory, catalogued
from tests.factories.requests import OpportunityFactory, RequestFactory
from tests.factories.tenancy import MembershipFactory
from tests.support.breadth import examples
from tests.support.cases import Cases

pytestmark = pytest.mark.django_db

#: Spellings that mean the same, or nearly, in scripts where case is not simple.
WORDS = [
    "Health Care",
    "health  care ",
    "STRASSE",
    "straße",
    "İstanbul",
    "Ёлка",
    "ёлка",
    "Retail",
    "",
]
NAMES = [
    "Isdom",
    " ISDOM",
    "isdom Inc",
    "Rivalsoft",
    "RIVALSOFT",
    "Maße AG",
    "MASSE AG",
    "Ελλάς",
    "ΕΛΛΆΣ",
]
ZONES = ["Europe/Berlin", "Asia/Kolkata", "America/New_York", "Pacific/Auckland", "Asia/Dubai", ""]
COUNTRIES = [("DE", "emea"), ("US", "na"), ("BR", "latam"), ("FR", "emea"), ("", "")]
KINDS = [
    "reference_call",
    "testimonial",
    "case_study",
    "customer_panel",
    "site_visit",
    "product_feedback",
]


class Program:
    """A random program: few words and narrow ranges, so that ties and edges are common."""

    def __init__(self, seed: int, people: int = 36) -> None:
        self.dice = dice = random.Random(seed)
        self.policies = random.Random(seed)
        self.approvals = random.Random(seed)
        self.today = clock.now().date()
        self.tags = [TagFactory(kind=kind) for kind in ("product", "use_case") * 3]
        rivals = [
            Tag.objects.get_or_create(kind="competitor", name=name)[0]
            for name in ("isdom", "Other")
        ]
        self.accounts = Account.objects.bulk_create(self._account() for _ in range(people // 3))
        AccountCapacity.objects.bulk_create(AccountCapacity(account=a) for a in self.accounts)
        self.people = Advocate.objects.bulk_create(self._advocate() for _ in range(people))
        for account in self.accounts:
            links = [*dice.sample(self.tags, dice.randrange(3)), *self._some(rivals, 0.05)]
            AccountTag.objects.bulk_create(AccountTag(account=account, tag=t) for t in links)
            if dice.random() < 0.1:
                self._hold(account)
        for advocate in self.people:
            self._wishes(advocate)
        self._past()

    def _some(self, of: Iterable[Any], chance: float) -> list[Any]:
        return [each for each in of if self.dice.random() < chance]

    def _days(self, *days: int) -> date:
        return self.today + timedelta(days=self.dice.choice(days))

    def _account(self) -> Account:
        dice = self.dice
        country, region = dice.choice(COUNTRIES)
        return Account(
            name=dice.choice([*NAMES, *(get_random_string(8) for _ in range(30))]),
            lifecycle=dice.choice(["customer"] * 9 + ["former"]),
            industry=dice.choice(WORDS),
            employees=dice.choice([None, 0, 49, 99, 100, 150, 300, 999, 1000, 1500, 3000]),
            segment=dice.choice(["", "", "smb", "mid_market", "enterprise"]),
            country=country,
            region=region,
            language=dice.choice(["", "de", "en", "pt-BR"]),
            health=dice.choice([None, 0, 59, 60, 79, 80, 85, 99, 100, 100]),
            advocacy_allowed=dice.choice([True, True, True, None, False]),
            public_mention_allowed=self.policies.choice([True, True, None, False]),
            speaking_needs_approval=self.policies.choice([True, None, False]),
        )

    def _advocate(self) -> Advocate:
        dice = self.dice
        asked = dice.choice([None, 0, 1, 17, 90, 179, 180, 181, 400])
        return Advocate(
            account=dice.choice(self.accounts),
            last_name=get_random_string(6),
            function=dice.choice(WORDS),
            seniority=dice.choice(["executive", "manager", "practitioner", ""]),
            language=dice.choice(["", "", "", "en", "de", "EN-gb"]),
            time_zone=dice.choice(ZONES),
            status=dice.choice(["active"] * 12 + ["paused", "candidate", "alumni"]),
            readiness=dice.choice(["willing"] * 5 + ["active", "potential", "not_a_fit"]),
            last_asked_at=None
            if asked is None
            else clock.now() - timedelta(days=asked, minutes=dice.choice([0, 5])),
        )

    def _hold(self, account: Account) -> None:
        AccountHold.objects.create(
            account=account,
            reason="Escalation",
            starts_on=self._days(-9, 0, 3),
            ends_on=self.dice.choice([None, self.today + timedelta(days=5)]),
            lifted_at=self.dice.choice([None, None, clock.now()]),
        )

    def _wishes(self, advocate: Advocate) -> None:
        dice = self.dice
        if dice.random() < 0.97:
            Capacity.objects.create(
                advocate=advocate, allowance=dice.choice([1, 6]), reference_gap_days=91
            )
        if dice.random() < 0.8:
            stated = dice.choice(
                [[], list(Comfort.values), ["private_call", "written_quote", "logo"]]
            )
            snoozed = dice.choice([None] * 8 + [self._days(0, 1, 9)])
            Preference.objects.create(advocate=advocate, comforts=stated, snoozed_until=snoozed)
        if dice.random() < 0.1:
            Blackout.objects.create(
                advocate=advocate, starts_on=self._days(-3, 0), ends_on=self._days(0, 4)
            )
        for tag in dice.sample(self.tags, dice.randrange(3)):
            AdvocateTag.objects.create(advocate=advocate, tag=tag)
        if dice.random() < 0.1:
            BlockedCompany.objects.create(advocate=advocate, name=dice.choice(NAMES))
        for code in self._some(KINDS, 0.1):
            TypePreference.objects.create(
                advocate=advocate, activity_type=catalogued(code), accepted=dice.random() < 0.5
            )
        for use in self._some(ConsentUse.values, 0.4):
            for _ in range(dice.randrange(1, 3)):
                Consent.objects.create(
                    advocate=advocate,
                    use=use,
                    given_on=self._days(-30, 0, 2),
                    scope=self._scope(use),
                    expires_on=dice.choice([None, None, self._days(-1, 0, 1)]),
                    withdrawn_on=dice.choice([None, None, None, self._days(0, 1)]),
                )

    def _scope(self, use: str) -> list[str]:
        """The kinds an employer approves; every one, as a rule."""
        if use != ConsentUse.EMPLOYER or self.approvals.random() < 0.6:
            return []
        return [code for code in KINDS if self.approvals.random() < 0.5]

    def _past(self) -> None:
        """Asks of old and what came of them; some years are full."""
        dice, sender = self.dice, MembershipFactory()
        self.deal = OpportunityFactory(account=dice.choice(self.accounts), prospect_name="Masse AG")
        deals = [self.deal, OpportunityFactory(), None, None]
        old = [
            RequestFactory(
                activity_type=catalogued(dice.choice(KINDS)), opportunity=deal, state="closed"
            )
            for deal in deals
        ]
        for advocate in self.people:
            for request in self._some(old, 0.5):
                self._ask(advocate, request, sender)

    def _ask(self, advocate: Advocate, request: Request, sender: Any) -> None:
        dice, kind = self.dice, request.activity_type
        taken = clock.now() - timedelta(days=dice.choice([3, 15, 40, 100, 200, 364, 500]))
        state = dice.choice(["accepted", "accepted", "declined", "expired", "later"])
        done = state == "accepted"
        unit = Participation.objects.create(
            advocate=advocate,
            account=advocate.account,
            activity_type=kind,
            origin="asked",
            state="completed" if done else "released",
            units=kind.units,
            effort=kind.effort,
            counts_for_tier=True,
            is_reference=kind.is_reference,
            taken_at=taken,
            completed_at=taken + timedelta(days=1) if done else None,
            released_at=None if done else taken + timedelta(days=1),
            release_reason="" if done else state,
        )
        Ask.objects.create(
            request=request,
            advocate=advocate,
            participation=unit,
            sender=sender,
            state=state,
            subject="May I?",
            message="Please",
            sent_at=taken,
            expires_at=taken + timedelta(days=2),
        )

    def request(self) -> Request:
        """A request that gives a random part of the criteria, under random weights."""
        dice = self.dice
        country, region = dice.choice([*COUNTRIES, ("FR", ""), ("", "na")])
        kind = catalogued(dice.choice(KINDS))
        MatchingWeights.objects.all().delete()
        if dice.random() < 0.6:
            names = (
                "industry",
                "use_case",
                "size",
                "persona",
                "region",
                "relationship",
                "rotation",
            )
            MatchingWeights.objects.create(
                activity_type=dice.choice([None, kind]),
                **{name: dice.choice([0, 1, 7, 20, 50]) for name in names},
            )
        request = RequestFactory(
            activity_type=kind,
            opportunity=dice.choice([None, None, self.deal]),
            prospect=dice.choice(["", *NAMES]),
            competitor=dice.choice(["", "", "rivalsoft", "MASSE ag"]),
            industry=dice.choice(WORDS),
            segment=dice.choice(["", "smb", "enterprise"]),
            employees=dice.choice([None, None, 60, 120, 800, 2000]),
            country=country,
            region=region,
            language=dice.choice(["", "", "en", "de"]),
            persona_function=dice.choice(WORDS),
            persona_seniority=dice.choice(["", "executive", "manager"]),
            time_zone=dice.choice(ZONES),
        )
        for tag in dice.sample(self.tags, dice.choice([0, 1, 3])):
            RequestTag.objects.create(request=request, tag=tag)
        reach = dice.choice(["global", "regional"])
        type(kind).objects.filter(pk=kind.pk).update(reach=reach)
        return Request.objects.get(pk=request.pk)


class Reference:
    """The specification, word by word, about one person after the other."""

    def __init__(self, request: Request) -> None:
        self.request, self.kind = request, request.activity_type
        self.policy, self.now = ProgramPolicy.objects.get(), clock.now()
        self.today = self.now.date()
        found = {row.activity_type_id: row for row in MatchingWeights.objects.all()}
        self.weights = found.get(self.kind.pk) or found.get(None) or MatchingWeights()
        self.tags = {row.tag_id for row in request.request_tags.all()}
        deal = request.opportunity
        self.prospects = {same(request.prospect), same(deal.account.name) if deal else ""} - {""}

    def score(self, who: Advocate) -> int:
        """MAT-1: what is given counts, renormalised, rounded half up."""
        parts = [
            (self.weights.industry, self.industry(who.account)),
            (self.weights.use_case, self.overlap(who)),
            (self.weights.size, self.size(who.account)),
            (self.weights.persona, self.persona(who)),
            (self.weights.region, self.region(who)),
            (self.weights.relationship, self.relationship(who)),
            (self.weights.rotation, self.rotation(who)),
        ]
        given = [(weight, value) for weight, value in parts if value is not None]
        total = sum(weight for weight, _ in given)
        if not total:
            return 0
        exact = 100 * sum(weight * value for weight, value in given) / Fraction(total)
        return int(exact + Fraction(1, 2))

    def industry(self, account: Account) -> Fraction | None:
        wanted = same(self.request.industry)
        return Fraction(same(account.industry) == wanted) if wanted else None

    def overlap(self, who: Advocate) -> Fraction | None:
        if not self.tags:
            return None
        own = set(AdvocateTag.objects.filter(advocate=who).values_list("tag", flat=True))
        company = set(AccountTag.objects.filter(account=who.account).values_list("tag", flat=True))
        return Fraction(len(self.tags & (own | company)), len(self.tags))

    def size(self, account: Account) -> Fraction | None:
        def segment(stated: str, employees: int | None) -> str:
            if stated or employees is None:
                return stated
            return (
                "enterprise" if employees >= 1000 else "mid_market" if employees >= 100 else "smb"
            )

        asked = self.request
        wanted = segment(asked.segment, asked.employees)
        if not wanted:
            return None
        if segment(account.segment, account.employees) == wanted:
            return Fraction(1)
        both = sorted((asked.employees or 0, account.employees or 0))
        return Fraction(1, 2) if both[0] and both[1] <= 2 * both[0] else Fraction(0)

    def persona(self, who: Advocate) -> Fraction | None:
        asked, met = self.request, []
        if same(asked.persona_function):
            met.append(same(who.function) == same(asked.persona_function))
        if asked.persona_seniority:
            met.append(who.seniority == asked.persona_seniority)
        return Fraction(sum(met), len(met)) if met else None

    def region(self, who: Advocate) -> Fraction | None:
        asked, account, met = self.request, who.account, []
        if asked.country or asked.region:
            met.append(
                (asked.country and asked.country == account.country)
                or (asked.region and asked.region == account.region)
            )
        if asked.time_zone:
            zones = [ZoneInfo(name) for name in (asked.time_zone, who.time_zone) if name]
            there = [self.now.astimezone(zone).utcoffset() for zone in zones]
            met.append(len(there) == 2 and abs(there[0] - there[1]) <= timedelta(hours=4))
        return Fraction(sum(map(bool, met)), len(met)) if met else None

    def relationship(self, who: Advocate) -> Fraction:
        said = ["accepted", "declined", "later", "someone_else"]
        answers = list(who.asks.filter(state__in=said).values_list("state", flat=True))
        yes = Fraction(answers.count("accepted"), len(answers)) if answers else Fraction(0)
        return Fraction(who.account.health or 0, 100) / 2 + yes / 2

    def rotation(self, who: Advocate) -> Fraction:
        if who.last_asked_at is None:
            return Fraction(1)
        return Fraction(min((self.now - who.last_asked_at).days, 180), 180)

    def blocks(self, who: Advocate) -> list[str]:
        """MAT-2: every reason that blocks but the guard's, in the order of the totals."""
        account, request, today = who.account, self.request, self.today
        wish = Preference.objects.filter(advocate=who).first()
        comforts, needed = set(wish.comforts if wish else ()), set(self.kind.needs_comfort)
        rivals = {
            same(link.tag.name)
            for link in AccountTag.objects.filter(account=account, tag__kind="competitor")
        }
        speaks = (who.language or account.language).split("-")[0].lower()
        holds = [
            hold
            for hold in AccountHold.objects.filter(account=account, lifted_at=None)
            if hold.starts_on <= today and (hold.ends_on is None or hold.ends_on >= today)
        ]
        away = [row for row in who.blackouts.all() if row.starts_on <= today <= row.ends_on]
        asked = Ask.objects.filter(advocate=who)
        deal = request.opportunity
        checks = {
            "paused": who.status == "paused",
            "not_enrolled": who.status not in ("active", "paused"),
            "snoozed": bool(wish and wish.snoozed_until and wish.snoozed_until > today),
            "blackout": bool(away),
            "readiness": who.readiness == "not_a_fit"
            or (who.readiness == "potential" and self.kind.effort != "low"),
            "preference": TypePreference.objects.filter(
                advocate=who, activity_type=self.kind, accepted=False
            ).exists(),
            "comfort": bool(comforts) and not needed <= comforts,
            "lifecycle": account.lifecycle != "customer",
            "policy": account.advocacy_allowed is False,
            "mention": self.kind.code in ("case_study", "customer_panel")
            and account.public_mention_allowed is False,
            "hold": bool(holds),
            "health": account.health is not None and account.health < self.policy.health_hold_below,
            "consent": self.consent_ended(who),
            "employer": "employer" in self.kind.default_approvals
            and not self.valid(who, "employer"),
            "speaking": self.kind.code == "customer_panel"
            and account.speaking_needs_approval is True
            and not self.valid(who, "employer"),
            "own_account": same(account.name) in self.prospects
            or bool(deal and deal.account == account),
            "competitor": same(account.name) == same(request.competitor) != ""
            or bool(rivals & self.prospects),
            "not_to_meet": any(
                same(row.name) in self.prospects
                for row in BlockedCompany.objects.filter(advocate=who)
            ),
            "asked": asked.filter(request=request).exists()
            or bool(deal and asked.filter(request__opportunity=deal).exists()),
            "language": bool(request.language and speaks and speaks != request.language),
            "region": self.kind.reach == "regional"
            and "" not in (request.region, account.region)
            and request.region != account.region,
        }
        return [code for code, holds_true in checks.items() if holds_true]

    def valid(self, who: Advocate, use: str) -> bool:
        return any(
            (not row.scope or self.kind.code in row.scope)
            and row.given_on <= self.today
            and (row.expires_on is None or row.expires_on >= self.today)
            and (row.withdrawn_on is None or row.withdrawn_on > self.today)
            for row in who.consents.filter(use=use)
        )

    def consent_ended(self, who: Advocate) -> bool:
        use = "reference_pool" if self.kind.is_reference else self.kind.produces
        if use not in ("reference_pool", "quote", "video", "logo"):
            return False
        return who.consents.filter(use=use).exists() and not self.valid(who, use)


def same(text: str) -> str:
    """Words alike but for case and spaces."""
    return " ".join(text.casefold().split())


def everybody() -> list[Advocate]:
    return list(Advocate.objects.select_related("account"))


#: Every reason but the guard's.
REASONS = {
    *("paused", "not_enrolled", "snoozed", "blackout", "readiness", "preference", "comfort"),
    *("lifecycle", "policy", "hold", "health", "consent", "employer", "own_account"),
    *("competitor", "not_to_meet", "asked", "language", "mention", "speaking"),
    "region",
}


@dataclass
class Seen:
    """What occurred in the random programs."""

    reasons: set[str] = field(default_factory=set)
    free: int = 0
    fit: int = 0


def test_scores_reasons_ranking_and_totals_are_those_of_the_specification(
    program: Tenant, each: Cases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MAT-1.a, MAT-1.b, MAT-1.c, MAT-1.e, MAT-2.b, MAT-2, MAT-3.a: for everybody, enrolled or not,
    whatever is asked for; and the comparison compares something: every reason, and people without.
    """
    # Small enough for the second look, at everybody, to be needed too.
    monkeypatch.setattr(ordering_module, "_BEST", 4)
    monkeypatch.setattr(ordering_module, "_BATCH", 3)
    seen = Seen()
    for seed in range(examples(2)):
        with each(f"program {seed}"):
            random_program = Program(seed)
            for _ in range(4):
                _compare(random_program.request(), seen)
    assert each.failed or not REASONS - seen.reasons
    assert each.failed or (seen.free and seen.fit)


def _compare(request: Request, seen: Seen) -> None:
    reference, people = Reference(request), everybody()
    guard = guard_status(activity_type=request.activity_type)
    found = assess(request, [who.pk for who in people])
    scores = {who.pk: reference.score(who) for who in people}
    seen.fit += sum(score >= 40 for score in scores.values())
    assert {pk: each.score for pk, each in found.items()} == scores
    first_refusal = {}
    for who in people:
        refused = [reason.code for reason in guard[who.pk].reasons]
        said = [reason.code for reason in found[who.pk].blocks]
        blocks = reference.blocks(who)
        assert said == blocks + refused
        first_refusal[who.pk] = next(iter(said), "can_be_asked")
        seen.reasons |= set(blocks)
        seen.free += not blocks

    enrolled = [who for who in people if who.status in ("active", "paused")]
    verdicts = {
        who.pk: "poor_fit" if scores[who.pk] < 40 else first_refusal[who.pk] for who in enrolled
    }
    counts = Counter(verdicts.values())
    account = tally(request)
    assert account.totals.enrolled == len(enrolled)
    assert account.totals.can_be_asked == counts.pop("can_be_asked", 0)
    assert account.totals.poor_fit == counts.pop("poor_fit", 0)
    assert account.excluded == counts
    assert account.totals.must_not == counts.total()

    # MAT-1.e: below a good fit nobody is left out.
    may = [who for who in enrolled if first_refusal[who.pk] == "can_be_asked"]
    never = clock.now() - timedelta(days=99_999)
    may.sort(key=lambda who: (-scores[who.pk], who.last_asked_at or never, who.pk))
    for limit in (1, 3, 10, 25):
        left_out = {who.pk for who in may[:1]} if limit == 3 else set()
        expected = spread([who for who in may if who.pk not in left_out], limit)
        ranked = [each.advocate for each in match(request, limit=limit, exclude=left_out).ranked]
        assert ranked == expected
    _the_crowd_agrees(request, people)


#: What blocks because of the request itself, whatever else may.
OF_REQUEST = {"own_account", "competitor", "not_to_meet", "asked", "language", "region"}
#: What nobody has who is asked for in memory.
OF_BLOCKED = {"snoozed_until": None, "away_until": None, "hold_reason": None, "hold_until": None}


def _the_crowd_agrees(request: Request, people: list[Advocate]) -> None:
    """MAT-4.a: who is matched in memory has the score, the place and the facts of the statement."""
    question = Question.among(request, Standards.read(), Vocabulary.read())
    looks = look_at(question, [who.pk for who in people])
    crowd = Crowd(looks, [question])
    found = crowd.ranked(question, crowd.mask(looks), 0)
    never = clock.now() - timedelta(days=99_999)
    free = [who for who in people if OF_REQUEST.isdisjoint(looks[who.pk].blocks)]
    free.sort(key=lambda who: (-looks[who.pk].score, who.last_asked_at or never, who.pk))
    if half_of(question.criteria):
        assert [(crowd.ids[place], score) for place, score in found] == [
            (who.pk, looks[who.pk].score) for who in free
        ]
    for facts in crowd.facts_of(question, [place for place, _score in found]):
        assert facts == looks[facts.id].facts._replace(**OF_BLOCKED)


def spread(people: list[Advocate], limit: int) -> list[Advocate]:
    """MAT-3: at most two of one account among the first ten."""
    first: list[Advocate] = []
    for who in people:
        if len(first) < 10 and [each.account_id for each in first].count(who.account_id) < 2:
            first.append(who)
    if len(first) < 10:
        return first[:limit]
    return [*first, *(who for who in people if who not in first)][:limit]
