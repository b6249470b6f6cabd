"""A description in words, for pages and for what is kept of an introduction."""

from django.utils.translation import gettext as _

from advocates.accounts.choices import Region, Segment
from advocates.people.choices import Seniority
from requests.browsing.describing import Description
from requests.matching.exclusions import language_name


def role_words(told: Description) -> str:
    """ "Manager in IT", as far as it may be told."""
    level = str(Seniority(told.seniority).label) if told.seniority else ""
    if level and told.function:
        return _("%(level)s in %(function)s") % {"level": level, "function": told.function}
    return level or told.function or _("Somebody at a customer")


def company_words(told: Description) -> list[str]:
    """Industry, size and region, as far as they may be told."""
    size = str(Segment(told.segment).label) if told.segment else ""
    region = str(Region(told.region).label) if told.region else ""
    return [part for part in (told.industry, size, region) if part]


def words_of(told: Description) -> str:
    """All of it but the tags, in one line."""
    language = language_name(told.language) if told.language else ""
    return " · ".join(filter(None, (role_words(told), *company_words(told), language)))
