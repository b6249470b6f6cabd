"""What a piece rests on: the advocate's leave for its kind, and the employer's (ADV-4, AST-1)."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from activities.assets.choices import AssetKind
from activities.assets.models import Asset
from advocacy import clock
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from advocates.models import ActivityType, Consent
from advocates.people.choices import Comfort, ConsentUse
from advocates.people.leave import Leave, leave_of, unapproved_types
from advocates.program.catalogue.type_seed import EMPLOYER, EMPLOYER_IF_POLICY

#: A link to a review leads to where its author published it; nobody else's leave is needed.
USE = {
    AssetKind.CASE_STUDY: ConsentUse.QUOTE,
    AssetKind.QUOTE: ConsentUse.QUOTE,
    AssetKind.ARTICLE: ConsentUse.QUOTE,
    AssetKind.VIDEO: ConsentUse.VIDEO,
    AssetKind.RECORDING: ConsentUse.VIDEO,
    AssetKind.LOGO: ConsentUse.LOGO,
}


def uses_of(asset: Asset) -> list[ConsentUse]:
    """For what the advocate's leave must hold: of its own kind, and of the piece it was made of."""
    kinds = [asset.kind, asset.origin.kind] if asset.origin else [asset.kind]
    return sorted({USE[AssetKind(kind)] for kind in kinds if kind in USE})


def _types_behind(asset: Asset) -> list[ActivityType]:
    """What was done for it, and for the piece it was made of: the employer's word is for these."""
    pieces = [asset, asset.origin] if asset.origin else [asset]
    return [each.activity.activity_type for each in pieces if each.activity is not None]


def missing_of(asset: Asset) -> list[str]:
    """What is missing before it may be published or stay so, in words, and how it is got."""
    leave = leave_of(asset.advocate)
    found = [without_leave(leave, use) for use in uses_of(asset) if not leave.given(use)]
    if unapproved_types(asset.advocate, _types_behind(asset), leave):
        found.append(
            _("The employer has not approved yet: send them what is involved, and record who did.")
        )
    return found


def hold_leave(asset: Asset) -> None:
    """Nobody withdraws what it rests on until the transaction ends: whoever tries finds it
    published, and takes it out of the library.
    """
    list(asset.advocate.consents.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def without_leave(leave: Leave, use: ConsentUse) -> str:
    """That a leave has ended or never was, and how it is got."""
    text = (
        _("Their leave has ended (%(use)s): ask anew, and record the answer.")
        if leave.ended(use)
        else _("Their leave is not on record (%(use)s): ask them, and record the answer.")
    )
    return text % {"use": str(use.label).lower()}


def covered() -> Q:
    """:func:`missing_of` in a statement: the person's own leave and their employer's. One that ends
    with a day ends here with that day, whatever job has run.
    """
    own, whole, today = Q(), Q(), _today()
    for use in sorted(set(USE.values())):
        holds = holds_on(today, use)
        kinds = [str(kind) for kind, needed in USE.items() if needed == use]
        own &= ~Q(kind__in=kinds) | Q(holds)
        whole &= ~Q(origin__kind__in=kinds) | Q(origin=None) | Q(holds)
    employer = _employer_approves(today, "activity") & _employer_approves(today, "origin__activity")
    return own & whole & employer


def _employer_approves(today: date, activity: str) -> Q:
    """What was done for a row, at a path of its own, needs no employer's approval or has it."""
    kind = f"{activity}__activity_type"
    whatever = Q(**{f"{kind}__default_approvals__contains": [EMPLOYER]})
    by_policy = Q(advocate__account__speaking_needs_approval=True) & (
        Q(**{f"{kind}__default_approvals__contains": [EMPLOYER_IF_POLICY]})
        | Q(**{f"{kind}__needs_comfort__contains": [Comfort.PUBLIC_STAGE]})
    )
    approved = _holding(today, ConsentUse.EMPLOYER).filter(
        Q(scope=[]) | Q(scope__contains=[OuterRef(f"{kind}__code")])
    )
    return Q(**{activity: None}) | ~(whatever | by_policy) | Q(Exists(approved))


def quotable() -> Q:
    """Whose words may be quoted today: the leave of a row's ``advocate``, in a statement."""
    return Q(holds_on(_today(), ConsentUse.QUOTE))


def _today() -> date:
    return clock.today(Tenant.objects.get(pk=current_tenant_id()).zone)


def holds_on(today: date, use: ConsentUse) -> Exists:
    """Whether the leave of a row's ``advocate`` for a use holds on a day, in a statement."""
    return Exists(_holding(today, use))


def _holding(today: date, use: ConsentUse) -> QuerySet[Consent]:
    return Consent.objects.filter(
        Q(expires_on=None) | Q(expires_on__gte=today),
        Q(withdrawn_on=None) | Q(withdrawn_on__gt=today),
        advocate=OuterRef("advocate"),
        use=use,
        given_on__lte=today,
    )
