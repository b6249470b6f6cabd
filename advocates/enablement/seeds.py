"""The material a new tenant starts with (ENB-1)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocates.enablement import texts_csm, texts_sales
from advocates.enablement.models import Audience, Material


@dataclass(frozen=True, slots=True)
class MaterialSeed:
    """One text in its place."""

    code: str
    audience: Audience
    title: str | Promise
    body: str | Promise


MATERIALS = (
    MaterialSeed("spotting", Audience.CSM, _("Spotting an advocate"), texts_csm.SPOTTING),
    MaterialSeed(
        "candidate", Audience.CSM, _("What makes a good candidate"), texts_csm.CANDIDATE
    ),
    MaterialSeed("approach", Audience.CSM, _("How to approach somebody"), texts_csm.APPROACH),
    MaterialSeed(
        "hesitation", Audience.CSM, _("Handling hesitation and objections"), texts_csm.HESITATION
    ),
    MaterialSeed(
        "requesting", Audience.SALES, _("When and how to ask for a reference"),
        texts_sales.REQUESTING,
    ),
    MaterialSeed("briefing", Audience.SALES, _("Briefing a prospect"), texts_sales.BRIEFING),
    MaterialSeed("giving-back", Audience.SALES, _("What to give back"), texts_sales.GIVING_BACK),
)  # fmt: skip


def seed_materials() -> None:
    """Give the scope's tenant the texts, in the language of the moment; what is there stays."""
    Material.objects.bulk_create(
        [
            Material(
                code=seed.code,
                audience=seed.audience,
                title=str(seed.title),
                body=str(seed.body).strip(),
                position=position,
            )
            for position, seed in enumerate(MATERIALS, start=1)
        ],
        ignore_conflicts=True,
    )
