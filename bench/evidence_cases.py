"""Sixty questions with the one passage that answers each, made up by hand in five languages, and
templates for what stands around them and speaks of the same things without answering.

Question and passage avoid each other's words where people would: who asks *how fast did they go
live* is answered by *eleven days from contract to first order*. The last twelve cross languages.
"""

import itertools
from collections.abc import Iterator
from pathlib import Path

#: A line each: language of the passage | the passage | the question.
_CASES = Path(__file__).with_suffix(".txt")

_TEMPLATES = {
    "en": "Our {team} in {city} talked about {topic} for {n} {unit}, and {opinion}.",
    "de": "Unser {team} in {city} sprach {n} {unit} über {topic}, und {opinion}.",
    "id": "{team} kami di {city} membahas {topic} selama {n} {unit}, dan {opinion}.",
    "ms": "{team} kami di {city} berbincang tentang {topic} selama {n} {unit}, dan {opinion}.",
    "pt": "Nosso {team} em {city} falou sobre {topic} durante {n} {unit}, e {opinion}.",
}
_WORDS = {
    "en": {
        "team": "board;sales team;finance department;works council",
        "topic": "costs;deliveries;support;audits;the warehouse;energy;invoices;training;security;"
        "reports;hospitals;the implementation;customers;branches",
        "unit": "hours;days;weeks",
        "opinion": "nothing was decided;everybody was tired;a second meeting follows;"
        "somebody wrote it down",
    },
    "de": {
        "team": "Vorstand;Vertrieb;Betriebsrat;Einkauf",
        "topic": "Kosten;Lieferungen;den Support;Prüfungen;das Lager;Energie;Rechnungen;Schulungen;"
        "Sicherheit;Berichte;Krankenhäuser;die Einführung;Kunden;Filialen",
        "unit": "Stunden;Tage;Wochen",
        "opinion": "nichts wurde entschieden;alle waren müde;es gibt ein zweites Treffen;"
        "jemand schrieb mit",
    },
    "id": {
        "team": "Direksi;Tim penjualan;Bagian keuangan;Panitia",
        "topic": "biaya;pengiriman;dukungan;audit;gudang;energi;faktur;pelatihan;keamanan;laporan;"
        "rumah sakit;implementasi;pelanggan;cabang",
        "unit": "jam;hari;minggu",
        "opinion": "tidak ada keputusan;semua lelah;rapat kedua menyusul;seseorang mencatatnya",
    },
    "ms": {
        "team": "Lembaga;Pasukan jualan;Jabatan kewangan;Jawatankuasa",
        "topic": "kos;penghantaran;sokongan;audit;gudang;tenaga;invois;latihan;keselamatan;laporan;"
        "hospital;pelaksanaan;pelanggan;cawangan",
        "unit": "jam;hari;minggu",
        "opinion": "tiada keputusan;semua letih;mesyuarat kedua menyusul;seseorang mencatatnya",
    },
    "pt": {
        "team": "conselho;time de vendas;departamento financeiro;comitê",
        "topic": "custos;entregas;suporte;auditorias;o armazém;energia;faturas;treinamento;"
        "segurança;relatórios;hospitais;a implantação;clientes;filiais",
        "unit": "horas;dias;semanas",
        "opinion": "nada foi decidido;todos estavam cansados;haverá outra reunião;alguém anotou",
    },
}
_CITY_NAMES = "Graz Porto Bandung Ipoh Recife Leeds Kiel Turku Osaka Lyon Quito Accra"
_CITIES = _CITY_NAMES.split()


def cases() -> list[tuple[str, str, str]]:
    """Language, passage and question of each."""
    lines = _CASES.read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines]
    return [(language, passage, question) for language, passage, question in rows]


def around(count: int) -> Iterator[tuple[str, str]]:
    """So many passages that answer nothing, with their language; all different."""
    made = 0
    for number in itertools.count(2):
        for city, (language, template) in itertools.product(_CITIES, _TEMPLATES.items()):
            lists = {name: text.split(";") for name, text in _WORDS[language].items()}
            for at, topic in enumerate(lists["topic"]):
                if made == count:
                    return
                made += 1
                pick = {name: each[(at + made) % len(each)] for name, each in lists.items()} | {
                    "topic": topic
                }
                yield language, template.format(city=city, n=number, **pick)
