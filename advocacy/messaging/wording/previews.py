"""A text of a mail as it would arrive: with sample data, or with what was there last (MSG-1.b)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import override

from advocacy.messaging.rendering import MissingMergeData, RenderedMail
from advocacy.messaging.templatetags.mails import OWN_LINE
from advocacy.messaging.wording.kinds import Kind, compose
from advocacy.messaging.wording.text import Written
from advocacy.tenancy.models import Membership


@dataclass(frozen=True, slots=True)
class Preview:
    """Subject and text to read, or why there is none; ``real`` where nothing is made up."""

    subject: str
    text: str
    problem: str = ""
    real: bool = False


def sample_mail(kind: Kind, own: Written | None, language: str) -> RenderedMail:
    """With sample data."""
    with override(language):
        values: dict[str, Any] = {field.key: str(field.sample) for field in kind.fields}
    if kind.sample is not None:
        values |= kind.sample(language)
    return compose(kind, own, values, language)


def preview(kind: Kind, own: Written | None, language: str) -> Preview:
    """With sample data, to read."""
    mail = sample_mail(kind, own, language)
    return Preview(mail.subject, read(mail))


def latest_preview(
    kind: Kind, own: Written | None, language: str, member: Membership
) -> Preview | None:
    """With the data of the last one the member may see; None where there was none."""
    values = kind.latest(member, language) if kind.latest else None
    if values is None:
        return None
    try:
        mail = compose(kind, own, values, language)
    except MissingMergeData as error:
        return Preview("", "", error.message, real=True)
    return Preview(mail.subject, read(mail), real=True)


def read(mail: RenderedMail) -> str:
    """The text, with the place of a line of one's own shown as one."""
    if not any(OWN_LINE in part for part in mail.text.parts):
        return str(mail.text)
    above, below = mail.text.around(OWN_LINE)
    return f"{above.rstrip()}\n\n[…]\n\n{below.lstrip()}"
