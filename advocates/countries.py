"""Countries as people and systems write them, and the sales region each lies in (ACC-1)."""

from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from django.utils.translation import get_language

from advocates.accounts.choices import Region

_NORTH_AMERICA = "BM CA GL PM US"
_LATIN_AMERICA = (
    "AG AI AR AW BB BL BO BQ BR BS BZ CL CO CR CU CW DM DO EC FK GD GF GP GT GY HN HT JM KN KY LC"
    " MF MQ MS MX NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI"
)
_ASIA_PACIFIC = (
    "AF AS AU BD BN BT CC CK CN CX FJ FM GU HK ID IN IO JP KG KH KI KP KR KZ LA LK MH MM MN MO MP"
    " MV MY NC NF NP NR NU NZ PF PG PH PK PN PW SB SG TH TJ TK TL TM TO TV TW UZ VN VU WF WS"
)
_ELSEWHERE = {
    **dict.fromkeys(_NORTH_AMERICA.split(), Region.NORTH_AMERICA),
    **dict.fromkeys(_LATIN_AMERICA.split(), Region.LATIN_AMERICA),
    **dict.fromkeys(_ASIA_PACIFIC.split(), Region.ASIA_PACIFIC),
}

#: Languages in which a country's name is understood, beside its codes.
_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt_BR", "id", "ms")
#: Codes of CLDR that are no country one can be in.
_NO_COUNTRY = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
_SPELLINGS = {
    "america": "US",
    "u.s.": "US",
    "u.s.a.": "US",
    "united states of america": "US",
    "the united states": "US",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "u.k.": "GB",
    "uk": "GB",
    "el": "GR",
    "holland": "NL",
    "the netherlands": "NL",
    "czech republic": "CZ",
    "russian federation": "RU",
    "republic of korea": "KR",
    "korea, republic of": "KR",
    "korea": "KR",
    "viet nam": "VN",
    "turkey": "TR",
    "macedonia": "MK",
    "ivory coast": "CI",
    "burma": "MM",
    "uae": "AE",
    "hong kong": "HK",
    "macau": "MO",
    "palestine": "PS",
    "moldova, republic of": "MD",
    "tanzania, united republic of": "TZ",
    "iran, islamic republic of": "IR",
    "taiwan, province of china": "TW",
    "brasil": "BR",
    "bosnia and herzegovina": "BA",
}


@cache
def _known() -> dict[str, str]:
    codes = {
        code
        for code in map(str, Locale("en").territories)
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY
    }
    found: dict[str, str] = {}
    for language in reversed(_LANGUAGES):
        names = Locale.parse(language).territories
        found |= {str(names[code]).casefold(): code for code in codes if code in names}
    aliases: dict[str, list[str]] = dict(get_global("territory_aliases"))
    found |= {
        alias.casefold(): targets[0]
        for alias, targets in aliases.items()
        if len(alias) == 3 and alias.isalpha() and len(targets) == 1 and targets[0] in codes
    }
    return found | {code.casefold(): code for code in codes} | _SPELLINGS


def parse_country(text: str) -> str | None:
    """The ISO 3166 alpha-2 code of a name or code in any usual spelling; None for no country."""
    return _known().get(" ".join(text.split()).casefold())


def region_of(country: str) -> str:
    """The sales region of a country; nothing for none."""
    if not country:
        return ""
    return str(_ELSEWHERE.get(country, Region.EMEA))


def country_name(code: str) -> str:
    """A country in the reader's language; the code itself where there is no name."""
    if not code:
        return ""
    return str(_names(get_language() or "en").get(code, code))


def country_choices() -> list[tuple[str, str]]:
    """Every country with its name in the reader's language, by name."""
    codes = {code for code in _known().values() if code.isupper()}
    return sorted(((code, country_name(code)) for code in codes), key=lambda pair: pair[1])


@cache
def _names(language: str) -> dict[str, str]:
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return dict(locale.territories)
