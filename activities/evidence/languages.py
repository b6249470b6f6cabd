"""The five languages evidence is written and asked for in: which one a text is in, the words that
mean nothing for a search, and the stems of the others (EVD-1.d).

Light on purpose: endings come off so that *reduce*, *reduced* and *reduction* meet; what is left
need be no word. A stem is only ever compared with another stem.
"""

from collections.abc import Callable
from functools import lru_cache

ENGLISH, GERMAN, INDONESIAN, MALAY, PORTUGUESE = "en", "de", "id", "ms", "pt"

#: Their own names.
NAMES = {
    ENGLISH: "English",
    GERMAN: "Deutsch",
    INDONESIAN: "Bahasa Indonesia",
    MALAY: "Bahasa Melayu",
    PORTUGUESE: "Português",
}

#: Folded. Words of questions are among them; whatever a stop word says, its neighbours say better.
STOP_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        ENGLISH: """a about after all also an and any are as at be been before being but by can
            could did do does done during each else ever every for from get got had has have he her
            him his how i if in into is it its just like made make many may me more most much must
            my need no not now of on one only or other our out over own prove proof s say says she
            should show since so some such t tell than that the their them then there these they
            this those through to too under until up us use used using very want was we were what
            when where which while who whom whose why will with without would you your evidence
            anybody anyone somebody someone still really there help helps better good well
            has takes took take""",
        GERMAN: """aber alle allem allen aller alles als also am an andere auch auf aus bei beim bin
            bis bist da damit dann das dass dem den der des dich die dies diese dieser dieses doch
            dort du durch ein eine einem einen einer eines er es etwas euch fur gegen gibt hab habe
            haben hat hatte hatten hier hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in
            ins ist ja jede jeder jedes jetzt kann kein keine konnen konnte man mehr mein mich mir
            mit muss nach nicht noch nun nur ob oder ohne schon sehr sei sein seine seit sich sie
            sind so sogar solche soll uber um und uns unser unsere unseren unter viel viele vom von
            vor war waren warum was wegen weil wem wen wenn wer werden wie wieder wieviel will wir
            wird wo wurde wurden zeigen zu zum zur zwei zwischen belegen beweis nachweis gut
            besser dauert gab lange""",
        INDONESIAN: """ada adalah agar akan akankah antara apa apakah atau bagaimana bagi bahwa
            banyak beberapa berapa bisa bukan bukti dalam dan dapat dari daripada dengan di dia
            hanya harus hingga ia ini itu jadi jika juga kah kami kapan kurang lebih menjadi
            karena ke kepada kita lagi
            lain lalu maka mana masih mereka mengapa nya oleh pada para pernah saat saja sampai
            sangat saya sebagai sebelum sebuah secara sedang sejak selama semua seperti sering
            serta setelah setiap siapa sudah supaya tanpa telah tentang tersebut terhadap tetapi
            tidak untuk yaitu yang""",
        MALAY: """ada adakah adalah agar akan antara apa apakah atau awak bagaimana bagi bahawa
            banyak beberapa berapa boleh bukan bukti dalam dan dapat dari daripada dengan di dia
            hanya harus hingga ia ini itu jadi jika juga kah kami kurang lebih menjadi
            kerana ke kepada kita lagi lain
            lalu maka mana masih mereka mengapa oleh pada para pernah sahaja sampai sangat saya
            sebagai sebelum sebuah secara sedang sejak selama semua seperti serta selepas setiap
            siapa sudah supaya tanpa telah tentang tersebut terhadap tetapi tidak untuk yang""",
        PORTUGUESE: """a ainda alguem algum alguma ao aos as ate cada com como da das de dela dele
            deles depois desde do dos e ela elas ele eles em entre era essa essas esse esses esta
            estao estas este estes eu foi foram ha isso isto ja la lhe mais mas me mesmo meu minha
            muito muitos na nao nas nem no nos nossa nossas nosso nossos num numa o os ou para
            pela pelas pelo pelos pode podem por porque prova provar qual quais quando quanta
            quantas quanto quantos que quem se sem ser seu seus sao so sob sobre sua suas tambem
            te tem temos tenho ter teu tinha tudo um uma uns voce voces vos evidencia""",
    }.items()
}


def base_of(language: str) -> str:
    """The part of a code that says the language: ``pt`` of ``pt-BR``; blank for one of no list."""
    base = language.lower().replace("_", "-").partition("-")[0]
    return base if base in STOP_WORDS else ""


def language_of(words: list[str], otherwise: str = ENGLISH) -> str:
    """In which language folded words are, by the small words among them."""
    counts = {
        language: sum(word in stop for word in words) for language, stop in STOP_WORDS.items()
    }
    best = max(counts.values(), default=0)
    if not best or counts.get(otherwise) == best:
        return otherwise
    return next(language for language, count in counts.items() if count == best)


def _stripped(word: str, endings: tuple[str, ...], shortest: int) -> str:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            return word[: -len(ending)]
    return word


def _longest_first(text: str) -> tuple[str, ...]:
    return tuple(sorted(text.split(), key=len, reverse=True))


_ENGLISH = _longest_first(
    "izations ization ations ation ments ment ness ities ity ings ing edly ed ers er iest ier ily"
    " ies ly es s e y tions tion ates ate ated ating ators ator ives ive ances ance ences ence"
    " able ability"
)
_GERMAN = _longest_first(
    "ungen ung heiten heit keiten keit lichen licher liches liche lich ischen ischer isches ische"
    " isch igen iger iges ige ig tionen tion ierten ierte iert ieren ern sten ste en em er es te"
    " ten tet et st e n s t"
)
_PORTUGUESE = _longest_first(
    "acoes acao coes cao amentos amento imentos imento mentos mento mente idades idade ancias ancia"
    " encias encia aram eram iram ando endo indo ados adas ado ada idos idas ido ida ares eres ares"
    " amos emos imos ava ava ou eu iu ar er ir am em as os es a o e s"
)
_MALAYAN = _longest_first("kannya annya inya nya kan an i lah kah")
_NASALS = (
    *(("meny", "s"), ("peny", "s"), ("meng", ""), ("peng", ""), ("mem", ""), ("pem", "")),
    *(("men", ""), ("pen", ""), ("ber", ""), ("per", ""), ("ter", ""), ("di", ""), ("ke", "")),
    *(("me", ""), ("pe", ""), ("se", "")),
)


def _english(word: str) -> str:
    stem = _stripped(word, _ENGLISH, 3)
    if stem.endswith("s") and not stem.endswith("ss") and len(stem) > 3:
        stem = stem[:-1]
    return _single(stem)


def _german(word: str) -> str:
    # A participle meets its verb: gespart, sparen.
    if word.startswith("ge") and word.endswith(("t", "en")) and len(word) > 6:
        word = word[2:]
    return _single(_stripped(_stripped(word, _GERMAN, 4), _GERMAN, 4))


def _portuguese(word: str) -> str:
    return _single(_stripped(word, _PORTUGUESE, 3))


def _malayan(word: str) -> str:
    stem = _stripped(word, _MALAYAN, 4)
    for prefix, first in _NASALS:
        if stem.startswith(prefix) and len(stem) - len(prefix) >= 3:
            return first + stem[len(prefix) :]
    return stem


def _single(stem: str) -> str:
    """Without the second of two equal consonants at the end: cutt, cut."""
    doubled = len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeioul"
    return stem[:-1] if doubled else stem


_STEMMERS: dict[str, Callable[[str], str]] = {
    ENGLISH: _english,
    GERMAN: _german,
    INDONESIAN: _malayan,
    MALAY: _malayan,
    PORTUGUESE: _portuguese,
}


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word in one of the five languages; a number is its own."""
    return word if word.isdigit() else _STEMMERS[language](word)


def stems(word: str, first: str) -> list[str]:
    """The stems a word may stand under, the one of the language ``first`` before the others."""
    order = [first, *(language for language in _STEMMERS if language != first)]
    return list(dict.fromkeys(stem(word, language) for language in order))
