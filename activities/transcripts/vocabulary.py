"""Words by which a sentence worth quoting is known, in the five languages of the product (TRN-1.b).

Each list is of one language: a transcript in German is not read with English words. ``|`` parts
alternatives; a trailing ``*`` stands for any ending.
"""

import re
from dataclasses import dataclass
from functools import cache

from activities.transcripts.choices import Language


@dataclass(frozen=True, slots=True)
class Words:
    """Of one language: numbers, units, pairs ``(before, after)`` of words that lead a change,
    praise, what leads a reason, comparisons, the first person, and negations.
    """

    numbers: str
    units: str
    changes: tuple[tuple[str, str], ...]
    praise: str
    because: str
    compare: str
    first: str
    negation: str


WORDS: dict[str, Words] = {
    Language.EN: Words(
        numbers="zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
        "|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty"
        "|seventy|eighty|ninety|hundred|hundreds|thousand|thousands|million|millions|billion|dozen"
        "|dozens|half|a|an",
        units="second*|minute*|hour*|day*|week*|month*|quarter*|year*|percent|per cent|percentage"
        " points|points|times|people|employees|users|customers|sites|stores|countries|teams|calls"
        "|tickets|orders|errors|complaints|reports|spreadsheets|tools|systems|dollars|euros|pounds"
        "|clicks|steps|shifts|full-time|FTE*|staff",
        changes=(
            ("from", "down to|up to|to"),
            ("used to take|used to need|used to be|took us|it took|we needed|we spent", "now"),
            ("instead of|rather than", ""),
            ("before", "now|today|after"),
        ),
        praise="love|loved|great|excellent|fantastic|amazing|brilliant|outstanding|impressed"
        "|impressive|recommend|happy|delighted|trust|reliable|easy|helpful|best|pleased|wonderful"
        "|favourite|favorite|perfect",
        because="because|since|as they|thanks to|so that|the reason|which means|that is why"
        "|that's why",
        compare=r"(?!rather)(?!other)(?!further)\w+er than|(?!rather)(?!other)\w+er \w+ than"
        r"|more \w+ than|more \w+ \w+ than|less \w+ than|fewer \w+ than|much \w+er|a lot \w+er"
        "|compared to|compared with|twice as|half as|unlike|no other|the only",
        first="I|I'm|I've|I'd|me|my|we|we're|we've|us|our",
        negation="not|n't|never|no longer|hardly",
    ),
    Language.DE: Words(
        numbers="null|ein|eine|einen|einem|einer|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn"
        "|elf|zwölf|\\w*zehn|\\w*zig|hundert|\\w*hundert|tausend|\\w*tausend|million*|milliarde*"
        "|dutzend|halbe*|anderthalb|eineinhalb|zweieinhalb",
        units="sekunde*|minute*|stunde*|tag|tage|tagen|woche*|monat*|quartal*|jahr|jahre|jahren"
        "|prozent|prozentpunkte*|mal|leute*|mitarbeiter*|mitarbeitende*|nutzer*|kunden|standorte*"
        "|filialen|länder*|teams|anrufe*|tickets|aufträge*|bestellungen|fehler*|beschwerden"
        "|berichte*|tabellen|systeme*|euro|dollar|franken|klicks|schritte*|schichten|vollzeit*",
        changes=(
            ("von", "auf|runter auf|hoch auf|zu"),
            ("früher|vorher|zuvor|bisher", "jetzt|heute|nun|inzwischen|seitdem|danach"),
            ("statt|anstatt|anstelle von", "nur noch|jetzt|heute|nun"),
            ("haben wir|brauchten wir|wir brauchten|hat uns", "jetzt|heute|nur noch"),
        ),
        praise="begeistert|toll*|großartig*|hervorragend*|super|klasse|zufrieden|empfehl*"
        "|beeindruck*|verlässlich*|zuverlässig*|einfach*|hilfreich*|beste*|besten|froh|lieben"
        "|vertrau*|perfekt*|überzeugt|gern|freu*",
        because="weil|denn|da wir|da es|dank|deshalb|deswegen|darum|der grund|sodass|so dass",
        compare=r"(?!immer)(?!oder)(?!aber)(?!unter)(?!wieder)(?!früher)\w{3,}er als"
        r"|(?!immer)\w{3,}er \w+ als|mehr \w+ als|weniger \w+ als|deutlich \w+er|viel \w+er"
        r"|wesentlich \w+er|im vergleich|verglichen mit|doppelt so|halb so|anders als"
        "|kein anderes|kein anderer|einzige*",
        first="ich|mir|mich|mein*|wir|uns|unser*",
        negation="nicht|kein|keine|keinen|nie|kaum",
    ),
    Language.ID: Words(
        numbers="nol|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|belas"
        "|puluh|ratus|seratus|ribu|seribu|juta|sejuta|miliar|lusin|setengah|separuh|se",
        units="detik|menit|jam|hari|minggu|pekan|bulan|kuartal|tahun|persen|kali|kali lipat|orang"
        "|karyawan|pengguna|pelanggan|lokasi|cabang|toko|negara|tim|panggilan|tiket|pesanan"
        "|kesalahan|keluhan|laporan|sistem|rupiah|dolar|klik|langkah|giliran|shift",
        changes=(
            ("dari", "menjadi|jadi|ke|hingga|sampai"),
            ("dulu|dulunya|sebelumnya|tadinya", "sekarang|kini|saat ini"),
            ("bukan lagi|daripada", "melainkan|tetapi|sekarang"),
        ),
        praise="suka|senang|bagus|hebat|luar biasa|puas|merekomendasikan|rekomendasi*|percaya"
        "|andal|mudah|membantu|terbaik|terkesan|mengesankan|sempurna|mantap",
        because="karena|sebab|berkat|sehingga|alasannya|oleh karena itu|makanya",
        compare=r"lebih \w+ daripada|lebih \w+ dari|lebih \w+ \w+ daripada|jauh lebih \w+"
        "|dibandingkan|dibanding|tidak seperti|satu-satunya",
        first="saya|aku|kami|kita",
        negation="tidak|bukan|belum|tak|jarang",
    ),
    Language.MS: Words(
        numbers="kosong|satu|dua|tiga|empat|lima|enam|tujuh|lapan|sembilan|sepuluh|sebelas|belas"
        "|puluh|ratus|seratus|ribu|seribu|juta|sejuta|bilion|dozen|setengah|separuh",
        units="saat|minit|jam|hari|minggu|bulan|suku tahun|tahun|peratus|kali|kali ganda|orang"
        "|pekerja|kakitangan|pengguna|pelanggan|lokasi|cawangan|kedai|negara|pasukan|panggilan"
        "|tiket|pesanan|kesilapan|aduan|laporan|sistem|ringgit|dolar|klik|langkah|syif",
        changes=(
            ("dari|daripada", "kepada|menjadi|jadi|ke|hingga|sehingga"),
            ("dulu|dahulu|sebelum ini|sebelumnya", "sekarang|kini"),
            ("bukan lagi", "tetapi|sekarang"),
        ),
        praise="suka|gembira|bagus|hebat|luar biasa|berpuas hati|puas|mengesyorkan|syorkan|percaya"
        "|boleh harap|mudah|membantu|terbaik|kagum|sempurna|mantap",
        because="kerana|sebab|berkat|supaya|sehinggakan|itulah sebabnya",
        compare=r"lebih \w+ daripada|lebih \w+ dari|lebih \w+ \w+ daripada|jauh lebih \w+"
        "|berbanding|tidak seperti|satu-satunya",
        first="saya|aku|kami|kita",
        negation="tidak|bukan|belum|tak|jarang",
    ),
    Language.PT_BR: Words(
        numbers="zero|um|uma|dois|duas|três|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|treze"
        "|quatorze|catorze|quinze|dezesseis|dezessete|dezoito|dezenove|vinte|trinta|quarenta"
        "|cinquenta|sessenta|setenta|oitenta|noventa|cem|cento|duzent*|trezent*|quinhent*|mil"
        "|milhão|milhões|bilhão|bilhões|dúzia*|meia|meio|metade",
        units="segundo*|minuto*|hora*|dia*|semana*|mês|meses|trimestre*|ano|anos|por cento"
        "|pontos percentuais|pontos|vezes|pessoas|funcionários|colaboradores|usuários|clientes"
        "|unidades|lojas|países|equipes|ligações|chamados|pedidos|erros|reclamações|relatórios"
        "|planilhas|sistemas|reais|dólares|euros|cliques|etapas|turnos",
        changes=(
            ("de", "para|a|até"),
            ("antes|antigamente", "agora|hoje|depois"),
            ("levava|levávamos|gastávamos|demorava", "agora|hoje"),
            ("em vez de|ao invés de", "agora|hoje|apenas|só"),
        ),
        praise="adoro|adoramos|amo|amamos|gosto|gostamos|ótim*|excelente*|fantástic*|incrível"
        "|maravilhos*|recomendo|recomendamos|satisfeit*|feliz*|confio|confiamos|confiável|fácil"
        "|melhor|impressionad*|impressionante|perfeit*",
        because="porque|pois|graças a|graças ao|por isso|já que|de modo que|o motivo",
        compare=r"mais \w+ do que|mais \w+ que|menos \w+ do que|menos \w+ que|melhor do que"
        r"|melhor que|muito mais \w+|comparado|em comparação|o dobro|diferente d*",
        first="eu|meu|minha|meus|minhas|nós|nosso*|nossa*|a gente|me",
        negation="não|nunca|nem|jamais",
    ),
}


def pattern(words: str) -> str:
    """Alternatives as one expression that begins and ends at words."""
    parts = []
    for part in words.split("|"):
        spaced = part.replace(" ", r"\s+")
        parts.append(f"{spaced[:-1]}\\w*" if part.endswith("*") else spaced)
    either = "|".join(sorted(parts, key=len, reverse=True))
    return rf"(?<!\w)(?:{either})(?!\w)"


@dataclass(frozen=True, slots=True)
class Patterns:
    """The same, to search with. ``quantity`` is a number with what it counts, ``amount`` a number
    that may stand alone. ``changes``: what stands before the first of two amounts, and what between
    them; without the first the amounts stand the other way round, now before then.
    """

    quantity: re.Pattern[str]
    amount: re.Pattern[str]
    changes: tuple[tuple[re.Pattern[str] | None, re.Pattern[str]], ...]
    praise: re.Pattern[str]
    because: re.Pattern[str]
    compare: re.Pattern[str]
    first: re.Pattern[str]
    negation: re.Pattern[str]


_MONEY = r"(?:€|\$|£|R\$|RM|Rp\.?|USD|EUR|CHF|BRL|IDR|MYR)"
#: Bounded, and begun at its first digit only: a line of nothing but digits takes no time.
_DIGITS = r"\d{1,9}(?:[.,\u00a0 ]\d{3}){0,4}(?:[.,]\d{1,4})?(?!\d)"
_FIGURE = rf"(?<![\w.,]){_DIGITS}"
#: What may stand between a number and what it counts: “nine working days”, “zwei volle Tage”.
_BETWEEN = r"(?:[^\W\d_]{2,14}\s+)?"


#: Words so common that a number must stand right behind them.
_CLOSE = frozenset({"from", "von", "dari", "dari|daripada", "de"})


def _compiled(words: str, *, in_front: bool = False) -> re.Pattern[str]:
    end = r"(?:\s+\w+){0,3}\s*$" if in_front else ""
    return re.compile(f"{pattern(words)}{end}", re.IGNORECASE)


@cache
def patterns_of(language: str) -> Patterns:
    """Those of a language. Nothing nests without a bound, so that no text takes long."""
    words = WORDS[language]
    word, unit = pattern(words.numbers), pattern(words.units)
    number = rf"(?:{_FIGURE}|{word}(?:[\s-]+(?:and\s+|e\s+)?{word}){{0,3}})"
    quantity = (
        rf"(?:{_MONEY}\s?{_DIGITS}(?:\s?(?:k|m|mio|million\w*|mil|juta|ribu)\b)?"
        rf"|{_FIGURE}\s?(?:%|{_MONEY})|{_FIGURE}[- ]?(?:x|h|min|hrs?)\b"
        rf"|{number}[\s-]+{_BETWEEN}{unit})"
    )
    changes = tuple(
        (_compiled(before, in_front=before in _CLOSE), _compiled(after, in_front=before in _CLOSE))
        if after
        else (None, _compiled(before, in_front=True))
        for before, after in words.changes
    )
    return Patterns(
        quantity=re.compile(quantity, re.IGNORECASE),
        amount=re.compile(rf"{quantity}|{number}", re.IGNORECASE),
        changes=changes,
        praise=_compiled(words.praise),
        because=_compiled(words.because),
        compare=_compiled(words.compare),
        first=_compiled(words.first),
        negation=re.compile(pattern(words.negation).replace("(?<!\\w)", ""), re.IGNORECASE),
    )
