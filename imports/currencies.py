"""Words and signs beside a number: currencies, and what it is to be multiplied with (IMP-1)."""

from decimal import Decimal
from functools import cache

from babel.numbers import list_currencies

#: Signs and abbreviations, with the currencies they are used for, the likeliest first.
_SIGNS = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", "ARS", "CLP", "COP"),
    "us$": ("USD",),
    "a$": ("AUD",),
    "au$": ("AUD",),
    "c$": ("CAD",),
    "ca$": ("CAD",),
    "hk$": ("HKD",),
    "mx$": ("MXN",),
    "nt$": ("TWD",),
    "nz$": ("NZD",),
    "r$": ("BRL",),
    "s$": ("SGD",),
    "€": ("EUR",),
    "euro": ("EUR",),
    "euros": ("EUR",),
    "£": ("GBP",),
    "¥": ("JPY", "CNY"),
    "円": ("JPY",),
    "元": ("CNY",),
    "₹": ("INR",),
    "rs": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "₩": ("KRW",),
    "₽": ("RUB",),
    "₺": ("TRY",),
    "₪": ("ILS",),
    "₫": ("VND",),
    "₱": ("PHP",),
    "฿": ("THB",),
    "₴": ("UAH",),
    "rp": ("IDR",),
    "rm": ("MYR",),
    "fr": ("CHF",),
    "sfr": ("CHF",),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "kč": ("CZK",),
    "zł": ("PLN",),
    "ft": ("HUF",),
    "lei": ("RON",),
}

_SCALES = {
    3: "k thousand thousands thsd tsd tausend ribu rb",
    5: "lakh lakhs lac lacs",
    6: "m mm mn mio million millions millionen milhão milhões millón millones mi juta jt",
    7: "crore crores",
    9: "b bn billion billions mrd milliarde milliarden milliard milliards mds md miliar bilhão"
    " bilhões bi",
}
_FACTORS = {
    word: Decimal(10) ** power for power, words in _SCALES.items() for word in words.split()
}
#: "T€" and "TEUR" are thousands in German books; a T alone may be a trillion.
_BESIDE_CURRENCY = {**_FACTORS, "t": Decimal(1000)}


@cache
def _codes() -> frozenset[str]:
    return frozenset(code.casefold() for code in list_currencies())


def currencies(word: str) -> tuple[str, ...]:
    """The codes that a sign or a code may mean, the likeliest first; none for another word."""
    folded = word.casefold()
    if folded in _SIGNS:
        return _SIGNS[folded]
    return (word.upper(),) if folded in _codes() else ()


def factor(word: str) -> Decimal | None:
    """What a number is to be multiplied with: 1,000,000 for "Mio"."""
    return _FACTORS.get(word.casefold())


def both(word: str) -> tuple[Decimal, tuple[str, ...]] | None:
    """A factor and a currency without a blank between them: "k€", "MEUR", "€m"."""
    for place in range(1, len(word)):
        for scale, currency in ((word[:place], word[place:]), (word[place:], word[:place])):
            times, codes = _BESIDE_CURRENCY.get(scale.casefold()), currencies(currency)
            if times is not None and codes:
                return times, codes
    return None
