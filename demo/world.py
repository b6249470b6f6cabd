"""The invented world of the demo: people, companies, words. Any likeness is accidental."""

from dataclasses import dataclass

PASSWORD = "tell-the-story"  # noqa: S105 - printed for everybody who starts the demo


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of the demo tenant."""

    name: str
    email: str
    role: str


#: Kind, where, and in what words people spoke for Northwind unasked.
SIGNALS = (
    ("praise", "LinkedIn", "Two clicks where we used to have a spreadsheet of forty tabs."),
    ("peer", "A call with Kanfase", "Told them to look at us before they renew elsewhere."),
    ("mention", "Industry podcast, episode 41", ""),
    ("referral", "A mail to Tom", "Talk to my former colleague, she has the same problem."),
)

#: Kind, days ago, and what is known of it.
MOMENTS = (
    ("outcome", 1, "Month-end closing takes two days instead of six."),
    ("review", 3, "The CFO joined for the first time."),
    ("release", 6, ""),
    ("onboarded", 12, "Eighty people trained."),
)

#: Kinds of touch with the days since.
TOUCHES = (("check_in", 6), ("feedback", 40), ("executive", 75), ("check_in", 120))
#: What an executive heard from whom they sponsor.
SPOKEN = (
    "Opens a second site in spring; proud of the team in Porto.",
    "Would like to meet our head of product. Just back from parental leave.",
    "Wonders whom she could compare notes with about audits.",
)
#: At what an executive meets somebody, which one, and in how many days.
MEETINGS = (
    ("review", "Autumn review", 3),
    ("board", "Autumn meeting", -1),
    ("event", "Meetup", 20),
)
#: What somebody likes to get back.
LIKES = (
    ["recognition", "personal_brand"],
    ["access", "influence"],
    ["networking"],
    ["charity", "recognition"],
    ["gifts", "access"],
)
#: Consents and approvals that end: of what, who gave them, for which kinds, in how many days.
LEAVE: tuple[tuple[str, str, list[str], int], ...] = (
    ("quote", "", [], 12),
    ("employer", "Rosa Ruiz, legal", ["speaking", "customer_panel"], 20),
    ("video", "", [], 160),
    ("employer", "Jan Petersen, communications", [], 300),
)
#: What came of a call for who asked for it, and what they write to the advocate.
CAME_OF_IT = "They stopped asking about the roll-out; we talk about the contract now."
TOO_SHORT = "Ten minutes in they had to leave. They would have needed somebody of their size."
SALES_THANKS = (
    "You gave my customer an hour of plain words. On the phone today they quoted you twice, and"
    " the question that had kept us busy for weeks was gone."
)
EVIDENCE = "Signed form in the customer folder"
NOT_YET = "New in the job; wait until she has settled in."

WELL_DONE = "Sent the team a card: nobody has been faster."

COLLEAGUES = (
    Colleague("Priya Nair", "priya@northwind.example", "program_manager"),
    Colleague("Darcel Schlecht", "darcel@northwind.example", "sales"),
    Colleague("Kenji Mori", "kenji@northwind.example", "sales"),
    Colleague("Tom Reyes", "tom@northwind.example", "csm"),
    Colleague("Lena Hoffmann", "lena@northwind.example", "csm"),
    Colleague("Maya Lindqvist", "maya@northwind.example", "marketing"),
    Colleague("Ruth Calder", "ruth@northwind.example", "executive"),
    Colleague("Idris Bello", "idris@northwind.example", "approver"),
    Colleague("Sam Ortiz", "sam@northwind.example", "admin"),
)

OTHER_COLLEAGUES = (
    Colleague("Charlie Winter", "charlie@contoso.example", "program_manager"),
    Colleague("Alma Costa", "alma@contoso.example", "sales"),
    Colleague("Robin Vance", "robin@contoso.example", "admin"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A country with what follows from it."""

    code: str
    zone: str
    language: str
    city: str


PLACES = (
    Place("DE", "Europe/Berlin", "de", "Berlin"),
    Place("DE", "Europe/Berlin", "de", "Hamburg"),
    Place("AT", "Europe/Vienna", "de", "Vienna"),
    Place("CH", "Europe/Zurich", "de", "Zürich"),
    Place("PT", "Europe/Lisbon", "pt-br", "Lisbon"),
    Place("GB", "Europe/London", "en", "Leeds"),
    Place("US", "America/New_York", "en", "Baltimore"),
    Place("US", "America/Chicago", "en", "Chicago"),
    Place("US", "America/Los_Angeles", "en", "Portland"),
    Place("BR", "America/Sao_Paulo", "pt-br", "São Paulo"),
    Place("SG", "Asia/Singapore", "en", "Singapore"),
    Place("ID", "Asia/Jakarta", "id", "Jakarta"),
    Place("MY", "Asia/Kuala_Lumpur", "ms", "Kuala Lumpur"),
    Place("NL", "Europe/Amsterdam", "en", "Utrecht"),
)

#: Industry → two words companies of it are named with.
INDUSTRIES: dict[str, tuple[str, ...]] = {
    "Healthcare": ("Medstar Clinics", "Hospitall", "Silis Care", "Aurum Health", "Kantara Clinics"),
    "Finance": ("Betasoloin", "Harbor Mutual", "Crown Ledger", "Meridian Trust", "Oakline Bank"),
    "Manufacturing": ("Quantum Textiles", "Kanfase", "Ferrum Works", "Onyx Tooling", "Lindal"),
    "Retail": ("Summit Outfitters", "Green-Plus", "Marlow Foods", "Costa Bazaar", "Trendline"),
    "Software": ("Cancity", "Arcadia Networks", "Bitforge", "Delphin", "Northgate Systems"),
    "Energy": ("Isdom", "Solstice Power", "Tideway", "Gridwise", "Helio Norte"),
    "Transportation": ("Ralway", "Portside Freight", "Blue Arrow", "Velocargo", "Transmar"),
    "Education": ("Kepler College", "Lumen Academy", "Sabina School", "Atlas Learning", "Quoin"),
    "Telecommunications": ("Wavefront", "Telara", "Nordlink", "Voxa", "Singtone"),
    "Biotechnology": ("Genwatt Bio", "Celluma", "Proteon", "Vitalis Labs", "Helixa"),
}

FIRST_NAMES = (
    "Ana", "Jo", "Ruth", "Omar", "Mei", "Frank", "Victor", "Lena", "Rita", "Xavier", "Isla",
    "Noah", "Yara", "Grace", "Zane", "Wendy", "Quinn", "Jack", "Alice", "Budi", "Siti", "Rafael",
    "Carla", "Tomas", "Ingrid", "Nadia", "Hugo", "Farah", "Dewi", "Arjun", "Sofia", "Matteo",
    "Elif", "Jonas", "Priscila", "Wei", "Amara", "Lukas", "Helena", "Aisyah",
)  # fmt: skip
LAST_NAMES = (
    "Lima", "Park", "Adler", "Haddad", "Tan", "Murphy", "Stone", "Okafor", "Dubois", "Garcia",
    "Silva", "Khan", "Rivera", "Weiss", "Lopez", "Schmidt", "Novak", "Green", "Bauer", "Santoso",
    "Rahman", "Almeida", "Costa", "Berg", "Larsen", "Petrova", "Moreau", "Aziz", "Wijaya",
    "Mehta", "Rossi", "Yilmaz", "Keller", "Duarte", "Chen", "Obi", "Fischer", "Souza", "Noor",
    "Lindholm",
)  # fmt: skip

#: Job title, seniority, function.
JOBS: tuple[tuple[str, str, str], ...] = (
    ("CIO", "executive", "IT"),
    ("COO", "executive", "Operations"),
    ("VP Customer Care", "executive", "Customer service"),
    ("Head of Operations", "manager", "Operations"),
    ("IT Director", "manager", "IT"),
    ("Finance Manager", "manager", "Finance"),
    ("Head of Marketing", "manager", "Marketing"),
    ("Process Engineer", "practitioner", "Operations"),
    ("Systems Administrator", "practitioner", "IT"),
    ("Business Analyst", "practitioner", "Finance"),
)

PRODUCTS = ("Flow", "Insight", "Connect")
USE_CASES = (
    "Scheduling",
    "Onboarding customers",
    "Data approval",
    "Field service",
    "Forecasting",
    "Self-service portal",
)
COMPETITORS = ("Fabrikam", "Tailspin")
#: What testimonials are about, and where reviews are written.
TOPICS = ("Time to value", "Support", "Ease of use", "Security", "Return on investment")
REVIEW_SITES = ("G2", "Capterra", "TrustRadius")
OFFERED_FOR = "The new web site"
ON_LEAVE = "On parental leave until spring."
NO_COMPETITORS = "They sell what we sell; nobody there hears from our customers."
REFERRED = "Their sister company"

#: Metric, before, after, period, narrative, use case.
OUTCOMES: tuple[tuple[str, str, str, str, str, str], ...] = (
    (
        "Time until the first site was live",
        "4 months",
        "23 days",
        "one quarter",
        "We had budgeted a quarter and were done before the first steering meeting.",
        "Scheduling",
    ),
    (
        "Hours a week spent on rosters",
        "14",
        "5",
        "six months",
        "My team leads got more than a day a week back, and nobody misses the spreadsheet.",
        "Scheduling",
    ),
    (
        "Approval by the data office",
        "9 weeks",
        "3 weeks",
        "one project",
        "The questionnaire was already filled in; that alone saved us six weeks.",
        "Data approval",
    ),
    (
        "Tickets solved by customers themselves",
        "12 %",
        "41 %",
        "one year",
        "Our phones are quieter and the scores went up, which nobody had promised us.",
        "Self-service portal",
    ),
    (
        "Forecast error",
        "18 %",
        "7 %",
        "three quarters",
        "For the first time the board believes our number.",
        "Forecasting",
    ),
    (
        "First-time fix rate",
        "68 %",
        "86 %",
        "one year",
        "Technicians arrive with the right part; it is as simple as that.",
        "Field service",
    ),
    (
        "Days until a new customer is productive",
        "30",
        "11",
        "two quarters",
        "New customers are productive before the first invoice reaches them.",
        "Onboarding customers",
    ),
)

#: Who joins a call from the prospect's side.
GUESTS = ("Maren Vogel", "Luis Ortega", "Ines Duarte", "Peter Novak")

QUESTIONS = (
    "How long until the first site was live?",
    "What did the data approval take?",
    "Would you choose it again?",
    "How much help did your own team need?",
    "What did not go well?",
    "How good is support when it matters?",
)

WRITES_BACK = (
    "Gladly. Next week is full, but the week after I have time most mornings.\n\n"
    "How technical will they get? If it is about the migration, my colleague should join."
)
DECLINES = (
    "Travelling until the end of the month",
    "Our year-end closing, sorry",
    "Not my area any more",
)

COMMENTS = (
    "Well prepared, and they asked good questions.",
    "Short and to the point. Happy to do it again.",
    "A nice conversation; I learnt something as well.",
    "They had read up on us, which I appreciated.",
)

OFFER = (
    "Your team helped us through a difficult first month, and now my colleagues at other companies"
    " keep asking me how we did it. I am glad to tell them."
)

PERSONAL_LINES = (
    "The way you told the story of the first week made all the difference.",
    "They quoted you twice in their decision paper.",
    "I know how full your calendar is this month.",
    "Your honest answer about the data office is what convinced them.",
)

#: Why colleagues nominate somebody, in their own words.
NOMINATIONS = (
    "She rebuilt their rostering in three weeks and tells everybody about it, unasked.",
    "Runs the user group in the north; the other customers listen to him.",
    "Loves the new portal and said so in the last business review.",
    "Gave us the best quote of the year in our survey and offered to talk to a peer.",
)
NOT_YET = "Their renewal is open until next month; please nominate again once it is signed."
ALL_THE_SAME = "The figures are a year old, but we saw the result with our own eyes."
QUESTION_BACK = "Which of the two sites is this about, and may the advocate know who it is?"
