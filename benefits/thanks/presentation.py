"""How thank-yous and duties read as rows of the desk."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from activities.activities.deeds import deed_of
from activities.loops.models import LoopDuty
from advocacy.tenancy.text import cut
from advocacy.web.queue import QueueRow
from benefits.thanks.choices import ThankYouKind
from benefits.thanks.models import ThankYou
from benefits.thanks.readiness import is_ready, needs_personal_line


def title_of(thank_you: ThankYou) -> str:
    """What to do, for whom: "Thank Ana Lima for the reference call"."""
    words = {"name": thank_you.advocate.name, "deed": deed_of(thank_you.activity)}
    if thank_you.kind == ThankYouKind.APOLOGY:
        return _("Apologise to %(name)s: nobody came to %(deed)s") % words
    if thank_you.kind == ThankYouKind.EXECUTIVE:
        return _("Sign a note to %(name)s for %(deed)s") % words
    return _("Thank %(name)s for %(deed)s") % words


def facts_in_words(thank_you: ThankYou) -> list[str]:
    """Company, what for, how long, how it was rated."""
    activity = thank_you.activity
    facts = [thank_you.advocate.account.name, activity.purpose]
    if activity.minutes:
        facts.append(_("%(count)d min") % {"count": activity.minutes})
    if activity.advocate_rating:
        facts.append(_("rated %(rating)d of 5") % {"rating": activity.advocate_rating})
    return [fact for fact in facts if fact]


def why_of(thank_you: ThankYou, *, mine: bool) -> str:
    """One line: the facts, and what is ready or missing."""
    facts = facts_in_words(thank_you)
    if thank_you.reopened_at:
        facts.append(_("the mail came back"))
    elif not thank_you.advocate.email:
        facts.append(_("no e-mail address: call or write"))
    elif is_ready(thank_you):
        facts.append(_("ready to sign: “%(line)s”") % {"line": cut(thank_you.personal_line, 80)})
    elif needs_personal_line(thank_you):
        facts.append(_("draft ready for your own line"))
    else:
        facts.append(_("draft ready to go"))
    if not mine and thank_you.owner:
        facts.append(_("with %(name)s") % {"name": thank_you.owner.name})
    return " · ".join(facts)


def what_of(duty: LoopDuty) -> str:
    """What there is something to tell of, for the middle of a sentence: the deed, or the piece."""
    if duty.activity is not None:
        return deed_of(duty.activity)
    return f"“{duty.asset.title}”" if duty.asset else ""


def news_in(duty: LoopDuty) -> str:
    """What there is to tell; else what it was for."""
    return duty.news or (duty.activity.purpose if duty.activity else "")


_LOOKS = {
    ThankYouKind.APOLOGY: ("mood-sad", "warning"),
    ThankYouKind.EXECUTIVE: ("signature", "accent"),
}


def thank_rows(
    thank_yous: Iterable[ThankYou],
    *,
    mine: bool,
    address: Callable[[ThankYou], str],
    sign: Callable[[ThankYou], str],
) -> list[QueueRow]:
    """The rows of what is to be said; ``sign`` is where a note that is ready is sent."""
    rows = []
    for thank_you in thank_yous:
        icon, tone = _LOOKS.get(ThankYouKind(thank_you.kind), ("heart-handshake", "danger"))
        url = address(thank_you)
        rows.append(
            QueueRow(
                id=f"thank-{thank_you.pk}",
                kind="thanks",
                icon=icon,
                tone=tone,
                title=title_of(thank_you),
                why=why_of(thank_you, mine=mine),
                url=url,
                due=thank_you.due_at,
                action=(_("Sign & send"), sign(thank_you), "post")
                if mine and is_ready(thank_you)
                else (_("Review & send"), url, "panel"),
                panel=True,
            )
        )
    return rows


def tell_rows(duties: Iterable[LoopDuty], *, address: Callable[[LoopDuty], str]) -> list[QueueRow]:
    """The rows of "tell them what came of it"."""
    rows = []
    for duty in duties:
        url = address(duty)
        words = {"name": duty.advocate.name, "deed": what_of(duty)}
        why = [duty.advocate.account.name, news_in(duty)]
        rows.append(
            QueueRow(
                id=f"tell-{duty.pk}",
                kind="thanks",
                icon="message-heart",
                tone="info",
                title=_("Tell %(name)s what came of %(deed)s") % words,
                why=" · ".join(part for part in why if part),
                url=url,
                due=duty.due_at,  # type: ignore[arg-type]  # the selector lists due ones only
                action=(_("Tell them"), url, "panel"),
                panel=True,
            )
        )
    return rows


def headline(overdue: int, total: int, *, mine: bool) -> str:
    """The desk's heading as a sentence; ``mine``: of one's own thank-yous."""
    if not total and mine:
        return _("You owe nobody a thank-you")
    if not total:
        return _("Everybody has been thanked")
    if total == 1 and overdue:
        return _("1 thank-you is overdue")
    if total == 1:
        return _("1 thank-you waits")
    if not overdue:
        return _("%(total)d thank-yous wait") % {"total": total}
    if overdue == 1:
        return _("%(total)d thank-yous wait, 1 is overdue") % {"total": total}
    return _("%(total)d thank-yous wait, %(overdue)d are overdue") % {
        "total": total,
        "overdue": overdue,
    }
