"""What may be asked of an advocate, and what the program asks for at all (ADV-2)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy import clock
from advocates.models import ActivityType, Advocate, Preference, ProgramPolicy, TypePreference
from advocates.people.choices import ReferenceFrequency


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be asked, in sentences."""

    sentences: list[str]
    snoozed_until: date | None


def limits_of(advocate: Advocate) -> Limits:
    """What an advocate allows, as they would say it (ADV-2)."""
    wishes = Preference.objects.filter(advocate=advocate).first() or Preference(advocate=advocate)
    cap = yearly_cap()
    refused = set(
        TypePreference.objects.filter(advocate=advocate, accepted=False).values_list(
            "activity_type_id", flat=True
        )
    )
    kinds = list(ActivityType.objects.filter(is_on=True))
    names = [kind.name for kind in kinds if kind.pk not in refused]
    if not names:
        what = _("Nothing: you have ticked no kind of help.")
    elif len(names) == len(kinds):
        what = _("Anything we usually ask for.")
    else:
        what = ", ".join(names) + "."
    most = cap if wishes.yearly_cap is None else min(cap, wishes.yearly_cap)
    sentences = [
        what,
        ngettext("At most once a year in all.", "At most %(n)d times a year in all.", most)
        % {"n": most},
        _("Reference calls: %(often)s.")
        % {"often": ReferenceFrequency(wishes.reference_frequency).label.lower()},
    ]
    today = clock.today(advocate.zone)
    away = advocate.blackouts.filter(ends_on__gte=today).count()
    if away:
        sentences.append(
            ngettext(
                "Not while you are away: %(n)d period.",
                "Not while you are away: %(n)d periods.",
                away,
            )
            % {"n": away}
        )
    until = wishes.snoozed_until
    return Limits(sentences, until if until and until > today else None)


def examples(limit: int = 4) -> list[ActivityType]:
    """Kinds of help to show somebody who is invited."""
    return list(ActivityType.objects.filter(is_on=True)[:limit])


def yearly_cap() -> int:
    """The most the program asks of anybody in a year."""
    return int(ProgramPolicy.objects.values_list("yearly_cap", flat=True).first() or 0)
