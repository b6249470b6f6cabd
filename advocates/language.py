"""In which of the product's languages a person is written to (MSG-1, UI-4)."""

from django.conf import settings

from advocates.models import Advocate


def language_of(advocate: Advocate) -> str:
    """The person's own language, else the company's, else the tenant's, as far as we speak it."""
    spoken = [code for code, _name in settings.LANGUAGES]
    for wanted in (advocate.language, advocate.account.language, advocate.tenant.language):
        code = wanted.lower().replace("_", "-")
        if code in spoken:
            return code
        plain = code.split("-")[0]
        for known in spoken:
            if plain and known.split("-")[0] == plain:
                return known
    return spoken[0]
