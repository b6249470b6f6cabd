"""The check of a piece: is a testimonial specific, quantified, named and in context; has a case
study all its parts, a measured result and a named customer (AST-1.e, AST-2.f).

It reads words, in the languages of the product, and knows nothing of what is true. So it never
stands in anybody's way: it says what is missing, and the library can leave out what lacks it.
"""

import re
from collections.abc import Iterable

from activities.assets.choices import SECTIONS, TESTIMONIALS, AssetKind, Finding
from activities.assets.words import Words

#: Fewer words say little, whatever they are.
_FEWEST_WORDS = 12

# Beginnings of words, in English, German, Indonesian and Malay, Portuguese.
_CHANGED = (
    "reduc saving saved cut increas grew grow replac automat shorten halv doubl tripl migrat"
    " introduc integrat launch deploy eliminat avoid improv faster cheaper consolidat stopped"
    " switch"
    " gespart spar reduzier verkürz gesenk senk gesteiger steiger ersetz automatisier halbier"
    " verdoppel eingeführ abgelös migrier integrier schneller günstiger vermeid vereinfach"
    " mengurang berkurang menghemat hemat jimat menjimat meningkat mengganti otomatis automatik"
    " mempercepat memangkas beralih bertukar"
    " reduzi redução econom aument substitu automatiz rápido cort dobr triplic implant migra"
    " integra elimin evit melhor acelera"
)
_BEFORE = (
    "before previous former until since after because problem struggl challeng instead manual"
    " spreadsheet employees customers team"
    " vorher früher zuvor bevor bisher seit nachdem herausforder statt mitarbeit kunden"
    " sebelum dulu dahulu sejak setelah selepas masalah tantangan cabaran karyawan pekerja"
    " pelanggan syarikat perusahaan"
    " antes anterior desde quando depois porque problema desafio planilha funcionári clientes"
    " equipe"
)
_NUMBERS = (
    "half twice double doubled triple tripled third quarter hundred hundreds thousand thousands"
    " million millions dozen dozens two three four five six seven eight nine ten twenty thirty"
    " forty fifty sixty seventy eighty ninety"
    " hälfte halbiert doppelt verdoppelt dreifach drittel viertel hundert tausend millionen dutzend"
    " zwei drei vier fünf sechs sieben acht neun zehn zwanzig dreißig vierzig fünfzig"
    " separuh setengah dua tiga sepertiga seperempat ratus ribu juta"
    " empat lima enam tujuh delapan lapan sembilan sepuluh puluh"
    " metade dobro triplo terço quarto cem mil milhão milhões dúzia"
    " dois duas três quatro cinco seis sete oito nove dez vinte trinta quarenta"
)
_DIGIT = re.compile(r"\d")


def _words(listed: str, *, whole: bool = False) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in listed.split())
    end = r"(?!\w)" if whole else ""
    return re.compile(rf"(?<!\w)(?:{words}){end}", re.IGNORECASE)


_SAYS_CHANGE, _SAYS_BEFORE = _words(_CHANGED), _words(_BEFORE)
_SAYS_NUMBER = _words(_NUMBERS, whole=True)


def wanted_of(kind: str) -> tuple[Finding, ...]:
    """What the check looks for in a kind of piece; nothing in a link or a logo."""
    if kind in TESTIMONIALS:
        return Finding.SPECIFIC, Finding.QUANTIFIED, Finding.NAMED, Finding.CONTEXT
    if kind == AssetKind.CASE_STUDY:
        return Finding.COMPLETE, Finding.RESULT, Finding.CUSTOMER
    return ()


def misses_of(words: Words, kind: str, *, company: str, role: str = "") -> list[str]:
    """The codes of what is not there, in their order. ``company`` and ``role`` are the advocate's,
    by which it is seen that they are named.
    """
    met = {
        Finding.SPECIFIC: lambda: is_specific(words.body),
        Finding.QUANTIFIED: lambda: is_quantified(words.body),
        Finding.NAMED: lambda: bool(words.attribution.strip()),
        Finding.CONTEXT: lambda: is_in_context(words.body, words.attribution, (company, role)),
        Finding.COMPLETE: lambda: not empty_sections(words),
        Finding.RESULT: lambda: is_quantified(words.results),
        Finding.CUSTOMER: lambda: _names(_everything(words), company),
    }
    return [str(finding) for finding in wanted_of(kind) if not met[finding]()]


def is_specific(text: str) -> bool:
    """Long enough to say something, and something was done or changed."""
    return len(text.split()) >= _FEWEST_WORDS and bool(_SAYS_CHANGE.search(text))


def is_quantified(text: str) -> bool:
    """A digit, or a number in words."""
    return bool(_DIGIT.search(text) or _SAYS_NUMBER.search(text))


def is_in_context(text: str, attribution: str, known: Iterable[str]) -> bool:
    """It says how it was before or whose work it is; a role or company below it says so too."""
    names = any(_names(attribution, each) for each in known)
    has_role = "," in attribution
    return bool(_SAYS_BEFORE.search(text)) or names or has_role


def empty_sections(words: Words) -> list[str]:
    """The parts of a case study in which nothing stands."""
    return [name for name in SECTIONS if not getattr(words, name).strip()]


def _everything(words: Words) -> str:
    return " ".join(
        [words.title, words.body, words.attribution, *(getattr(words, name) for name in SECTIONS)]
    )


def _names(text: str, name: str) -> bool:
    return bool(name.strip()) and name.casefold() in text.casefold()
