"""Sixty questions with the one passage that answers each, made up by hand in five languages, and
templates for what stands around them and speaks of the same things without answering.

Question and passage avoid each other's words where people would: who asks *how fast did they go
live* is answered by *eleven days from contract to first order*. The last twelve cross languages.
"""

import itertools
from collections.abc import Iterator

#: Language of the passage | the passage | the question.
_CASES = """
en|We cut the cost of a delivery from 14 to 9 euros within one winter.|Who lowered delivery costs?
en|Going live took eleven days in four plants, and nobody worked a weekend.|How long is an implementation in a factory?
en|Picking errors fell by 62 percent after the second month.|By how much did mistakes in the warehouse go down?
en|The auditors found nothing to complain about for the first time in nine years.|Does it help to pass an audit?
en|Our nurses spend forty minutes less per shift on paperwork.|What does it save staff in hospitals?
en|It paid for itself after seven months.|How soon is the return on investment?
en|We replaced Contora and regretted only that we waited so long.|Has anybody switched from Contora?
en|Support answers within four minutes, even at night.|How responsive is the helpdesk?
en|Churn of small accounts halved, and renewals are boring now.|Does it improve customer retention?
en|The interface to our ERP was running on the second day.|How easy is it to integrate with an ERP?
en|New hires are productive after three days instead of three weeks.|How fast do new employees learn it?
en|We went from two countries to nineteen without a single new administrator.|Does it scale to many countries?
en|Since the rollout there has been no unplanned outage.|Is it reliable, without downtime?
en|Invoices leave the house on the day of shipment; they used to take two weeks.|Who made billing faster?
en|Revenue per branch grew by 8 percent in a shrinking market.|Has anybody increased sales per branch?
en|Half of our reporting happens by itself now.|Which customers automated their reports?
en|Electricity for cold storage went down by a fifth.|Who reduced energy use?
en|Students hand in on time because the reminders reach their phones.|Is there anything from education about reminders?
en|No record was exposed when we were attacked in May.|Did it protect data during an attack?
en|Stock that lies longer than ninety days shrank from 12 to 4 million.|How much dead stock was removed?
de|Die Ausschussquote sank von 4,1 auf 1,3 Prozent.|Wer hat den Ausschuss in der Fertigung verringert?
de|Nach acht Wochen lief alles in sechs Werken.|Wie lange dauert die Einführung in mehreren Werken?
de|Unsere Disponenten sparen jeden Tag zwei Stunden.|Wie viel Zeit wird in der Disposition eingespart?
de|Der Kundendienst ruft zurück, bevor man auflegt.|Wie gut ist der Support?
de|Die Prüfer der BaFin hatten keine Rückfragen.|Besteht man damit eine Prüfung der BaFin?
de|Wir haben Contora abgelöst und die Lizenzen um 40 Prozent gesenkt.|Wer ist von Contora gewechselt?
de|Die Pflege dokumentiert jetzt am Bett statt nach Feierabend.|Gibt es etwas aus Krankenhäusern zur Dokumentation?
de|Die Liegezeit im Lager ging um drei Tage zurück.|Wie viel kürzer liegt Ware im Lager?
de|Jeder im Haus versteht die Auswertungen ohne Schulung.|Sind die Berichte leicht verständlich?
de|Im ersten Jahr stieg der Umsatz je Filiale um sechs Prozent.|Wuchs der Umsatz der Filialen?
de|Seit der Umstellung gab es keinen Stillstand der Anlage.|Gab es Ausfälle der Anlage nach der Migration?
de|Die Anbindung an das Warenwirtschaftssystem stand am dritten Tag.|Wie schnell ist eine Schnittstelle zur Warenwirtschaft fertig?
id|Biaya pengiriman turun 23 persen dalam satu kuartal.|Siapa yang menghemat ongkos dan biaya pengiriman?
id|Penerapan selesai dalam sembilan hari di tiga pabrik.|Berapa lama implementasi di pabrik?
id|Tim gudang kami membuat kesalahan jauh lebih sedikit, dari 90 menjadi 12 per bulan.|Apakah kesalahan di gudang berkurang?
id|Perawat punya waktu satu jam lebih banyak untuk pasien.|Apa manfaatnya bagi perawat di rumah sakit?
id|Nasabah membuka rekening dalam enam menit.|Seberapa cepat pembukaan rekening bank?
id|Laporan bulanan yang dulu lima hari kini selesai sebelum makan siang.|Apakah pelaporan menjadi lebih cepat?
id|Auditor menyetujui semuanya tanpa catatan.|Adakah bukti lulus audit?
id|Penjualan daring tumbuh dua kali lipat dalam setahun.|Siapa yang menaikkan penjualan daring?
id|Dukungan mereka menjawab dalam bahasa kami, juga pada hari Minggu.|Bagaimana layanan dukungan pelanggan?
ms|Kos pengangkutan berkurang suku daripada belanja asal.|Siapa dapat menjimatkan kos pengangkutan?
ms|Pasukan kami siap menggunakannya selepas dua hari latihan.|Berapa hari latihan diperlukan untuk pasukan?
ms|Pelajar mendaftar melalui telefon dan barisan panjang hilang.|Apakah pengalaman pelajar mendaftar?
ms|Invois kini dihantar pada hari yang sama.|Adakah invois lebih cepat?
pt|O custo por entrega caiu de 21 para 13 reais.|Quem reduziu o custo de entrega?
pt|A implantação em quatro fábricas levou seis semanas.|Quanto tempo demora implantar em fábricas?
pt|Os erros de separação diminuíram 70 por cento.|Quanto caíram os erros no armazém?
en|Truck drivers wait twelve minutes at the gate instead of fifty.|Wie lange warten Fahrer jetzt am Tor, wer hat truck drivers am gate?
de|Die Kosten je Lieferung sanken um ein Drittel.|Who cut delivery costs by a third?
de|Im Krankenhaus dauert die Aufnahme eines Patienten noch vier Minuten.|How quickly are hospital patients admitted?
de|Die Fehler bei Rechnungen haben sich halbiert.|Who has fewer invoice errors?
id|Energi untuk pendingin pabrik berkurang 18 persen.|Did a factory save electricity?
id|Pelanggan puas: skor naik dari 31 ke 58.|Is there proof of higher customer satisfaction?
id|Integrasi dengan sistem gudang selesai dalam dua hari.|How fast is a warehouse integration?
pt|Trocamos o concorrente e economizamos 300 mil por ano.|How much was saved by switching from a competitor?
pt|A equipe de suporte responde em cinco minutos.|How quick is support?
pt|Os relatórios de produção ficam prontos antes do café.|Are production reports available quickly?
en|Fraud losses of the bank fell by 2.4 million a year.|Wie stark sanken die Verluste einer Bank durch Betrug (fraud)?
en|Patients get their results in one hour.|Quanto tempo os pacientes esperam pelos resultados?
"""

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
_CITIES = [
    "Graz",
    "Porto",
    "Bandung",
    "Ipoh",
    "Recife",
    "Leeds",
    "Kiel",
    "Turku",
    "Osaka",
    "Lyon",
    "Quito",
    "Accra",
]


def cases() -> list[tuple[str, str, str]]:
    """Language, passage and question of each."""
    rows = [line.split("|") for line in _CASES.strip().splitlines()]
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
