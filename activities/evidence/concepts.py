"""Words that answer for each other, also from one of the five languages to another (EVD-1.d).

Who asks *how much did they save* is answered by *cut costs by a fifth* and by *Kosten gesenkt*. A
word found by its concept alone counts half as much as the word itself.
"""

from collections.abc import Mapping
from functools import cache

from activities.evidence.languages import INDONESIAN, MALAY, stem

#: Folded words by language; Malay shares the Indonesian stems, and has its own words beside them.
_CONCEPTS: tuple[Mapping[str, str], ...] = (
    {
        "en": "cost costs expense expenses spend spending price budget money cheaper",
        "de": "kosten ausgaben preis budget geld gunstiger",
        "id": "biaya anggaran harga pengeluaran kos perbelanjaan belanjawan",
        "pt": "custo custos despesa despesas preco orcamento dinheiro gasto gastos",
    },
    {
        "en": "reduce reduced reduction cut lower less fewer decrease decreased dropped fell halved"
        " save saved saving savings shrink shrank sank fall falling drop",
        "de": "senken gesenkt senkung reduzieren reduziert weniger sparen gespart einsparen"
        " eingespart einsparung einsparungen halbiert verringern verringert sinken sank sanken"
        " gesunken fiel fielen",
        "id": "mengurangi berkurang pengurangan hemat menghemat penghematan turun menurunkan"
        " penurunan memangkas jimat menjimatkan penjimatan",
        "pt": "reduzir reduziu reducao cortar corte diminuir diminuiu menos economizar economia"
        " economizamos poupar queda caiu",
    },
    {
        "en": "grow grew growth increase increased rise rose raise raised more higher doubled gain",
        "de": "wachsen gewachsen wachstum steigern gesteigert steigerung erhohen erhoht mehr"
        " verdoppelt anstieg",
        "id": "tumbuh pertumbuhan meningkat meningkatkan peningkatan naik menaikkan bertambah"
        " kenaikan",
        "pt": "crescer cresceu crescimento aumentar aumentou aumento subir subiu dobrou",
    },
    {
        "en": "fast faster quick quicker quickly speed rapid rapidly sooner minutes",
        "de": "schnell schneller geschwindigkeit tempo zugig rasch",
        "id": "cepat mempercepat kecepatan pantas lekas segera",
        "pt": "rapido rapida rapidamente velocidade agil agilidade acelerar",
    },
    {
        "en": "implement implementation rollout deploy deployment deployed introduce introduction"
        " launch live onboarding setup installation installed migrate migration",
        "de": "einfuhren einfuhrung eingefuhrt implementierung implementieren inbetriebnahme"
        " umstellung umstieg migration ausrollen",
        "id": "implementasi menerapkan penerapan diterapkan peluncuran migrasi pelaksanaan"
        " melaksanakan pemasangan",
        "pt": "implementar implementacao implantar implantacao implantamos lancamento migracao"
        " instalacao",
    },
    {
        "en": "support helpdesk service ticket tickets responsive",
        "de": "support hilfe betreuung kundendienst service ticket tickets anfragen",
        "id": "dukungan bantuan layanan tiket sokongan perkhidmatan",
        "pt": "suporte ajuda atendimento servico chamado chamados",
    },
    {
        "en": "customer customers client clients buyer buyers",
        "de": "kunde kunden kundinnen",
        "id": "pelanggan klien nasabah",
        "pt": "cliente clientes",
    },
    {
        "en": "employee employees staff team people colleagues workforce crew",
        "de": "mitarbeiter mitarbeitende mitarbeitenden personal team kollegen belegschaft",
        "id": "karyawan pegawai tim staf pekerja kakitangan pasukan",
        "pt": "funcionario funcionarios equipe equipes colaborador colaboradores pessoal",
    },
    {
        "en": "error errors mistake mistakes defect defects fault faults bugs wrong accuracy",
        "de": "fehler fehlerquote mangel ausschuss genauigkeit",
        "id": "kesalahan cacat galat ralat silap ketepatan akurasi",
        "pt": "erro erros falha falhas defeito defeitos precisao",
    },
    {
        "en": "secure security safe safety protection breach incident incidents",
        "de": "sicher sicherheit schutz vorfall vorfalle",
        "id": "aman keamanan keselamatan insiden selamat perlindungan",
        "pt": "seguro seguranca protecao incidente incidentes",
    },
    {
        "en": "compliance compliant audit audits auditor regulation gdpr regulatory",
        "de": "compliance prufung prufer audit vorschriften dsgvo revision",
        "id": "kepatuhan audit auditor peraturan pematuhan",
        "pt": "conformidade auditoria auditor regulamentacao lgpd",
    },
    {
        "en": "revenue sales turnover income profit",
        "de": "umsatz erlos vertrieb gewinn verkaufe",
        "id": "pendapatan penjualan omzet laba jualan hasil keuntungan",
        "pt": "receita vendas faturamento lucro",
    },
    {
        "en": "downtime outage outages uptime availability reliable reliability stable",
        "de": "ausfall ausfalle ausfallzeit stillstand verfugbarkeit zuverlassig stabil",
        "id": "gangguan ketersediaan andal stabil keandalan henti",
        "pt": "parada paradas indisponibilidade disponibilidade confiavel estavel",
    },
    {
        "en": "integrate integration integrated interface connect connected connects api",
        "de": "integration integriert anbindung angebunden schnittstelle schnittstellen verbunden",
        "id": "integrasi terintegrasi terhubung antarmuka penyepaduan bersepadu sambungan",
        "pt": "integracao integrado integrar conectado conectar interface",
    },
    {
        "en": "easy easier simple intuitive usability friendly",
        "de": "einfach einfacher intuitiv leicht bedienung bedienbar",
        "id": "mudah sederhana gampang intuitif ringkas senang",
        "pt": "facil simples intuitivo intuitiva facilidade",
    },
    {
        "en": "train training trained learn learned adoption adopted adopt",
        "de": "schulung schulungen geschult einarbeitung lernen akzeptanz angenommen",
        "id": "pelatihan latihan belajar adopsi penggunaan",
        "pt": "treinamento capacitacao aprender adocao adotou adotaram",
    },
    {
        "en": "satisfied satisfaction happy happier nps loyalty recommend churn retention",
        "de": "zufrieden zufriedenheit begeistert empfehlen abwanderung treue bindung",
        "id": "puas kepuasan senang loyalitas merekomendasikan kesetiaan",
        "pt": "satisfeito satisfacao satisfeitos fidelidade recomendar retencao",
    },
    {
        "en": "automate automated automation automatic automatically manual",
        "de": "automatisiert automatisierung automatisch automatisieren manuell",
        "id": "otomatis otomatisasi mengotomatiskan automatik automasi manual",
        "pt": "automatizar automatizado automacao automatico automatizamos manual",
    },
    {
        "en": "delivery deliveries shipping logistics freight transport shipment",
        "de": "lieferung lieferungen logistik fracht transport versand",
        "id": "pengiriman logistik kiriman angkutan penghantaran",
        "pt": "entrega entregas logistica frete transporte",
    },
    {
        "en": "manufacturing production factory plant plants manufacturer machine",
        "de": "fertigung produktion werk werke fabrik hersteller maschinen",
        "id": "manufaktur produksi pabrik kilang pengeluar mesin",
        "pt": "manufatura producao fabrica fabricante industria maquinas",
    },
    {
        "en": "hospital hospitals clinic patient patients healthcare nurse nurses",
        "de": "krankenhaus krankenhauser klinik patient patienten pflege",
        "id": "rumah-sakit pasien klinik perawat pesakit hospital",
        "pt": "hospital hospitais clinica paciente pacientes enfermagem",
    },
    {
        "en": "bank banks banking lender insurer insurance financial finance",
        "de": "bank banken versicherung versicherer finanz finanzen",
        "id": "bank perbankan asuransi keuangan insurans kewangan",
        "pt": "banco bancos seguradora seguro financeiro financeira",
    },
    {
        "en": "report reports reporting dashboard analytics insight insights visibility",
        "de": "bericht berichte berichtswesen auswertung auswertungen uberblick",
        "id": "laporan pelaporan analitik wawasan",
        "pt": "relatorio relatorios painel analise visibilidade",
    },
    {
        "en": "replace replaced switch switched switching instead competitor alternative moved",
        "de": "ersetzen ersetzt abgelost gewechselt wechsel statt wettbewerber",
        "id": "mengganti menggantikan beralih pesaing pengganti bertukar",
        "pt": "substituir substituimos trocar trocamos concorrente migramos",
    },
    {
        "en": "return roi payback paid amortised investment",
        "de": "rendite amortisiert amortisation rechnet investition",
        "id": "imbal balik investasi pulangan pelaburan modal",
        "pt": "retorno roi investimento pagou",
    },
    {
        "en": "scale scaled scales scaling global countries sites rollouts volume",
        "de": "skalieren skaliert skalierbar weltweit landern standorte standorten",
        "id": "skala berskala global negara cabang cawangan",
        "pt": "escala escalar escalavel paises filiais global",
    },
    {
        "en": "productive productivity efficient efficiency output throughput",
        "de": "produktiv produktivitat effizient effizienz durchsatz",
        "id": "produktif produktivitas efisien efisiensi produktiviti kecekapan cekap",
        "pt": "produtivo produtividade eficiente eficiencia",
    },
    {
        "en": "invoice invoices invoicing billing payment payments",
        "de": "rechnung rechnungen abrechnung zahlung zahlungen",
        "id": "faktur tagihan penagihan pembayaran invois bayaran",
        "pt": "fatura faturas cobranca pagamento pagamentos",
    },
    {
        "en": "hire hiring recruit recruiting recruitment candidates turnover",
        "de": "einstellen einstellung bewerber rekrutierung fluktuation",
        "id": "perekrutan merekrut rekrutmen pengambilan kandidat",
        "pt": "contratar contratacao recrutamento candidatos rotatividade",
    },
    {
        "en": "energy electricity power emissions carbon co2",
        "de": "energie strom emissionen co2",
        "id": "energi listrik emisi karbon tenaga elektrik",
        "pt": "energia eletricidade emissoes carbono",
    },
    {
        "en": "warehouse stock inventory picking",
        "de": "lager bestand bestande kommissionierung",
        "id": "gudang stok persediaan inventaris gedung inventori",
        "pt": "armazem estoque inventario separacao",
    },
    {
        "en": "time hours days weeks months duration hour",
        "de": "zeit stunden tage wochen monate dauer",
        "id": "waktu jam hari minggu bulan masa tempoh",
        "pt": "tempo horas dias semanas meses prazo",
    },
    {
        "en": "quality",
        "de": "qualitat",
        "id": "kualitas mutu kualiti",
        "pt": "qualidade",
    },
    {
        "en": "school student students pupils university education",
        "de": "schule schuler studierende hochschule bildung",
        "id": "sekolah siswa mahasiswa pendidikan pelajar universiti",
        "pt": "escola aluno alunos estudantes universidade educacao",
    },
)

#: Whose words stand with another's.
_KIN = {MALAY: INDONESIAN}


@cache
def _groups() -> tuple[dict[str, set[int]], list[dict[str, frozenset[str]]]]:
    """Which concepts a stem belongs to, and the stems of each by language."""
    members: list[dict[str, frozenset[str]]] = []
    belongs: dict[str, set[int]] = {}
    for number, concept in enumerate(_CONCEPTS):
        found = {
            code: frozenset(stem(word, code) for word in words.replace("-", " ").split())
            for code, words in concept.items()
        }
        members.append(found)
        for each in frozenset[str]().union(*found.values()):
            belongs.setdefault(each, set()).add(number)
    return belongs, members


def related(term: str, language: str) -> tuple[set[str], set[str]]:
    """The stems that answer for a stem: of its own language, and of the others."""
    belongs, members = _groups()
    own, others = set[str](), set[str]()
    for number in belongs.get(term, ()):
        for code, found in members[number].items():
            (own if code == _KIN.get(language, language) else others).update(found)
    return own - {term}, others - own - {term}
