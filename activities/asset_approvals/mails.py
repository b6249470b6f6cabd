"""The letter to whoever approves: the exact text, what changed since their last look, and a link
that decides it (APR-1.c).
"""

from django.utils import timezone, translation

from activities.asset_approvals.lifecycle import StepKind
from activities.asset_approvals.models import AssetApproval
from activities.asset_approvals.selectors import text_before
from activities.assets.differences import changed_parts
from activities.assets.models import Asset
from activities.assets.times import renew_link
from activities.assets.words import text_of
from advocacy import clock
from advocacy.identity.absences.mails import said_for
from advocacy.languages import spoken
from advocacy.messaging.models import PersonalLink
from advocacy.messaging.rendering import render_mail
from advocacy.messaging.services import queue_mail
from advocacy.tenancy.delegation import who_acts_for
from advocacy.tenancy.models import Membership
from advocacy.web.formatting import moment
from advocates.language import language_of
from advocates.people.contact import bearer_of, write_to

#: What the link is good for: deciding this one.
PURPOSE = "asset-approval"
MAIL, REMINDER = "asset-approval", "asset-approval-reminder"
MAILS = [MAIL, REMINDER]


def is_asked_outside(approval: AssetApproval) -> bool:
    """Whether somebody at the customer is asked by mail; else a colleague asks and records it."""
    if approval.step == StepKind.CUSTOMER:
        return bool(approval.contact_email)
    advocate = approval.asset.advocate
    return (
        approval.step == StepKind.ADVOCATE
        and bool(advocate.email)
        and bearer_of(advocate, approval.asset.owner) is None
    )


def ask_by_mail(approval: AssetApproval, *, kind: str = MAIL) -> None:
    """Write to who decides: outside, or the colleague, or who stands in for them."""
    link = renew_link(approval, PURPOSE)
    key = f"{kind}:{approval.pk}:{approval.number}:{clock.now().isoformat()}"
    if is_asked_outside(approval):
        _write_outside(approval, kind, link, key)
    elif approval.assignee is not None and approval.assignee.is_active:
        _write_inside(approval, approval.assignee, kind, link, key)


def _write_inside(
    approval: AssetApproval, whose: Membership, kind: str, link: PersonalLink, key: str
) -> None:
    member, asset = who_acts_for(whose), approval.asset
    language = spoken(member.user.language or asset.tenant.language)
    with translation.override(language), timezone.override(member.zone):
        context = {"name": member.name, **_words(approval, kind)}
    mail = render_mail("asset_approval", context, language)
    queue_mail(
        kind=kind,
        to_email=member.email,
        to_name=member.name,
        subject=mail.subject,
        text=said_for(mail.text, whose, member),
        link=link,
        path=f"/t/{asset.tenant.slug}/asset-approvals/{approval.pk}/",
        subject_id=approval.pk,
        unique_key=key,
    )


def _write_outside(approval: AssetApproval, kind: str, link: PersonalLink, key: str) -> None:
    asset = approval.asset
    advocate, sender = asset.advocate, asset.owner
    is_customer = approval.step == StepKind.CUSTOMER
    language = spoken(language_of(advocate))
    with translation.override(language), timezone.override(advocate.zone):
        context = {
            "name": approval.contact_name if is_customer else advocate.first_name or advocate.name,
            "advocate": advocate.name if is_customer else "",
            "company": advocate.account.name,
            "tenant": asset.tenant.name,
            "sender": sender.name if sender else asset.tenant.name,
            **_words(approval, kind),
        }
    mail = render_mail("asset_approval_outside", context, language)
    if not is_customer:
        write_to(
            advocate,
            kind=kind,
            subject=mail.subject,
            text=mail.text,
            link=link,
            sender=sender,
            subject_id=approval.pk,
            unique_key=key,
        )
        return
    queue_mail(
        kind=kind,
        to_email=approval.contact_email,
        to_name=approval.contact_name,
        subject=mail.subject,
        text=mail.text,
        link=link,
        sender=sender,
        subject_id=approval.pk,
        unique_key=key,
    )


def _words(approval: AssetApproval, kind: str) -> dict[str, object]:
    asset: Asset = approval.asset
    before = text_before(approval)
    return {
        "title": asset.title,
        "what": asset.get_kind_display(),
        "step": approval.get_step_display(),
        "due": moment(approval.due_at) if approval.due_at else "",
        "text": text_of(asset),
        "changes": "\n\n".join(changed_parts(before, text_of(asset))) if before else "",
        "is_reminder": kind == REMINDER,
    }
