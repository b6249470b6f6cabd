"""Names for a hundred thousand people and twenty thousand companies. Any likeness is accidental."""

FIRST_NAMES = (
    "Ana", "Jo", "Ruth", "Omar", "Mei", "Frank", "Victor", "Lena", "Rita", "Xavier", "Isla",
    "Noah", "Yara", "Grace", "Zane", "Wendy", "Quinn", "Jack", "Alice", "Budi", "Siti", "Rafael",
    "Carla", "Tomás", "Ingrid", "Nadia", "Hugo", "Farah", "Dewi", "Arjun", "Sofia", "Matteo",
    "Elif", "Jonas", "Priscila", "Wei", "Amara", "Lukas", "Helena", "Aisyah", "Jürgen", "Anke",
    "Björn", "Chloé", "Damian", "Esra", "Felipe", "Gita", "Hannah", "Ivan", "Jin", "Katarina",
    "Leila", "Marcus", "Nils", "Olga", "Pedro", "Rania", "Søren", "Tara", "Umar", "Vera",
    "Wiebke", "Yuki", "Zoë", "Adam", "Beatriz", "Caspar", "Dilip", "Eva", "Finn", "Georgia",
    "Hiro", "Ines", "Jamal", "Kofi", "Lin", "Mira", "Nora", "Oskar", "Paula", "Ravi", "Selma",
    "Theo", "Uma", "Violet", "Wanda", "Yusuf", "Agus", "Bianca", "Cristina", "Daniel", "Emeka",
    "Fatima", "Gabriel", "Hendra", "Irene", "João", "Kamal", "Luisa",
)  # fmt: skip

LAST_NAMES = (
    "Lima", "Park", "Adler", "Haddad", "Tan", "Murphy", "Stone", "Okafor", "Dubois", "García",
    "Silva", "Khan", "Rivera", "Weiss", "López", "Schmidt", "Novák", "Green", "Bauer", "Santoso",
    "Rahman", "Almeida", "Costa", "Berg", "Larsen", "Petrova", "Moreau", "Aziz", "Wijaya", "Mehta",
    "Rossi", "Yılmaz", "Keller", "Duarte", "Chen", "Obi", "Fischer", "Souza", "Noor", "Lindholm",
    "Abbott", "Brandt", "Castro", "Dahl", "Engel", "Ferrari", "Gunawan", "Hansen", "Ibrahim",
    "Jensen", "Kaya", "Lang", "Mbeki", "Nguyen", "Olsen", "Peters", "Quist", "Reyes", "Sharma",
    "Torres", "Ueda", "Vargas", "Wagner", "Yamada", "Zimmer", "Barros", "Clarke", "Dias",
    "Eriksson", "Fonseca", "Graf", "Hartono", "Iyer", "Jung", "Kowalski", "Lopes", "Martins",
    "Nielsen", "Osei", "Prasetyo", "Richter", "Sato", "Teixeira", "Ulrich", "Vogel", "Wong",
    "Yusof", "Zhang", "Arslan", "Becker", "Carvalho", "Desai", "Evans", "Fofana", "Gomes",
    "Hoffmann", "Ismail", "Jansen", "Krüger", "Lehmann", "Mendes", "Nakamura", "Oliveira",
    "Pinto", "Roth", "Suzuki", "Thomsen", "Usman", "Vieira", "Walsh", "Young", "Zeller",
    "Andrade", "Bakker", "Cohen", "Demir", "Farouk", "Gruber", "Halim", "Jovanović", "Kumar",
    "Laurent", "Mäkinen", "Nair", "Öztürk", "Pereira", "Ramos", "Setiawan", "Turner", "Visser",
)  # fmt: skip

#: Two halves of a company's name; every start goes with every end.
BRAND_STARTS = (
    "Vel", "Nor", "Ar", "Kan", "Tri", "Lum", "Ost", "Mar", "Sol", "Cal", "Ber", "Dal", "Fen",
    "Gal", "Hel", "Iri", "Jov", "Kel", "Lor", "Mon", "Nav", "Ori", "Pal", "Quo", "Ros", "Sil",
    "Tal", "Ulm", "Ver", "Win", "Xen", "Yar", "Zan", "Alder", "Birch", "Cedar", "Drift", "Ember",
    "Flint", "Glen", "Harbor", "Iron", "Juno", "Kest", "Lake", "Mill", "North", "Oak", "Pine",
    "Quill", "River", "Stone", "Thorn", "Umber", "Vale", "West", "Amber", "Bright", "Copper",
    "Dune",
)  # fmt: skip
BRAND_ENDS = (
    "ora", "dex", "ium", "tara", "vance", "gate", "line", "mark", "field", "well", "bridge",
    "ton", "via", "nix", "mere", "lane", "wick", "crest", "point", "ford", "ley", "more", "stead",
    "worth", "brook", "den", "fall", "grove", "hurst", "holm", "leaf", "light", "peak", "path",
    "reach", "ridge", "rock", "shire", "side", "song", "spring", "tide", "view", "ward", "way",
    "wood", "yard", "zone", "era", "is",
)  # fmt: skip

#: Industry → what its companies call themselves.
TRADES: dict[str, tuple[str, ...]] = {
    "Healthcare": (
        "Clinics", "Care", "Health", "Hospitals", "Medical", "Hospices", "Labs", "Dental",
    ),
    "Finance": ("Bank", "Trust", "Mutual", "Capital", "Insurance", "Leasing", "Credit", "Pensions"),
    "Manufacturing": (
        "Works", "Tooling", "Textiles", "Foundry", "Plastics", "Machines", "Steel", "Glass",
    ),
    "Retail": (
        "Stores", "Foods", "Outfitters", "Markets", "Bazaar", "Fashion", "Home", "Drugstores",
    ),
    "Software": ("Systems", "Networks", "Software", "Cloud", "Data", "Studio", "Digital", "Apps"),
    "Energy": ("Power", "Energy", "Grid", "Wind", "Utilities", "Heat", "Storage", "Water"),
    "Transportation": (
        "Freight", "Logistics", "Rail", "Shipping", "Cargo", "Airways", "Buses", "Parcel",
    ),
    "Education": (
        "College", "Academy", "School", "Learning", "Institute", "University", "Press", "Training",
    ),
    "Telecommunications": (
        "Telecom", "Mobile", "Fibre", "Link", "Wireless", "Cable", "Voice", "Signal",
    ),
    "Biotechnology": (
        "Bio", "Genomics", "Pharma", "Therapeutics", "Life Sciences", "Seeds", "Vaccines", "Assays",
    ),
}  # fmt: skip

TOPICS = (
    "Rolling out in many countries",
    "Working with the works council",
    "Data protection",
    "Convincing the board",
    "Moving from spreadsheets",
    "Integration with the ERP",
    "Change management",
    "Measuring the return",
)
#: What testimonials are about, and where reviews are written.
QUOTED = ("Time to value", "Support", "Ease of use", "Security", "Return on investment")
REVIEW_SITES = ("G2", "Capterra", "Gartner Peer Insights", "TrustRadius")
OCCASIONS = ("User conference", "Spring launch", "Partner day", "Web site", "Trade fair", "Podcast")

HOLDS = (
    "Escalation about the last release",
    "Renewal talks",
    "Merger being prepared",
    "New management is settling in",
)
WHY_NOMINATED = (
    "Talks about us at every meeting without being asked.",
    "Reached the goal a quarter early and is proud of it.",
    "Asked me twice how to help.",
    "Knows the competition from the inside and chose us.",
)
WHY_DECLINED = ("Not allowed by the company at present", "No time this year", "")
