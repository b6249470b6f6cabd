"""Why somebody is proposed as the subject of a case study, in words (AST-4.a)."""

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from requests.case_subjects.selectors import Subject, Told


def reasons(subject: Subject) -> list[str]:
    """One sentence for each of the three, said also where it is missing."""
    return [
        *([_industry(subject)] if subject.industry is not None else []),
        _result(subject),
        _told(subject.told),
    ]


def _industry(subject: Subject) -> str:
    industry = subject.advocate.account.industry
    if not industry:
        return _("Their industry is not known.")
    if not subject.industry:
        return _("%(industry)s is not an industry you aim at.") % {"industry": industry}
    if not subject.there:
        return _("%(industry)s: you aim at it, and have no case study there.") % {
            "industry": industry
        }
    return ngettext(
        "%(industry)s: you aim at it, and have %(n)d case study there.",
        "%(industry)s: you aim at it, and have %(n)d case studies there.",
        subject.there,
    ) % {"industry": industry, "n": subject.there}


def _result(subject: Subject) -> str:
    if subject.outcome is None:
        return _("No result is written down: ask what changed, and by how much.")
    told = {"result": str(subject.outcome)}
    if subject.outcome.may_be_quoted:
        return _("%(result)s, and it may be quoted.") % told
    return _("%(result)s; ask whether it may be quoted.") % told


def _told(told: Told) -> str:
    said = []
    if told.skill:
        said.append(_("speaks %(score)s of 5") % {"score": told.skill})
    if told.ratings:
        said.append(
            ngettext(
                "rated %(rating)s of 5 by %(n)d person who heard them",
                "rated %(rating)s of 5 by %(n)d people who heard them",
                told.ratings,
            )
            % {"rating": localize(round(told.rating, 1)), "n": told.ratings}
        )
    if told.public:
        said.append(
            ngettext("told it in public %(n)d time", "told it in public %(n)d times", told.public)
            % {"n": told.public}
        )
    if told.checked:
        said.append(
            ngettext(
                "%(n)d quote of theirs passes its check",
                "%(n)d quotes of theirs pass their check",
                told.checked,
            )
            % {"n": told.checked}
        )
    if not said:
        return _("How they tell things is not known.")
    text = ", ".join(said)
    return f"{text[:1].upper()}{text[1:]}."
