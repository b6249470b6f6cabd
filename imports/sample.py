"""A workbook that shows how a program's past comes along, made when somebody wants it (IMP-2).

Its days are counted from today, so that capacity, last-asked and tiers are right when it is loaded.
A process of its own writes it (``sample_book``): what serves requests knows nothing of workbooks.
"""

import subprocess
import sys
from datetime import date
from pathlib import Path

NAME = "program-history.xlsx"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_ACCOUNTS = (
    ("Account ID", "Account Name", "Type", "Industry", "Employees", "Country"),
    ("HIST-A1", "Harbor Analytics", "Customer", "Logistics", 1400, "Portugal"),
    ("HIST-A2", "Solstice Health", "Customer", "Healthcare", 320, "Germany"),
)
_ADVOCATES = (
    ("Contact ID", "First Name", "Last Name", "Email", "Title", "Account ID", "Program status",
     "Member since", "Likes to get back"),
    ("HIST-P1", "Rita", "Falcão", "rita.falcao@harbor.example", "COO", "HIST-A1", "Active", 700,
     "recognition, access"),
    ("HIST-P2", "Jonas", "Brandt", "jonas.brandt@solstice.example", "Head of IT", "HIST-A2",
     "Paused", 400, "charity"),
    ("HIST-P3", "Marisa", "Teles", "marisa.teles@harbor.example", "Data lead", "HIST-A1", None,
     None, None),
)  # fmt: skip
_CONSENTS = (
    ("Contact ID", "Consent", "Given on", "Expires on", "Given by", "Evidence"),
    ("HIST-P1", "reference_pool", 650, None, "Rita Falcão", "Mail to her CSM"),
    ("HIST-P1", "quote", 120, -245, "Rita Falcão", "Release form"),
    ("HIST-P2", "employer", 390, None, "Legal, Solstice Health", "Letter"),
)
_ACTIVITIES = (
    ("Contact ID", "Activity type", "Activity date", "Asked on", "Minutes", "For", "Topic",
     "Content link"),
    ("HIST-P1", "reference_call", 40, 47, 35, "Quayside Freight", None, None),
    ("HIST-P1", "reference_call", 160, 170, 30, "Norte Cargo", None, None),
    ("HIST-P1", "case_study", 220, 260, 240, "Our website", None,
     "https://www.example.com/stories/harbor-analytics"),
    ("HIST-P1", "speaking", 300, 340, 300, "Customer day", None,
     "https://www.example.com/talks/harbor"),
    ("HIST-P2", "testimonial", 90, 97, 20, "Brochure", "Onboarding",
     "https://www.example.com/quotes/solstice"),
)  # fmt: skip
#: Columns whose numbers are so many days ago.
DAYS = frozenset({"Member since", "Given on", "Expires on", "Activity date", "Asked on"})

SHEETS = {
    "Accounts": _ACCOUNTS,
    "Advocates": _ADVOCATES,
    "Consents": _CONSENTS,
    "Activities": _ACTIVITIES,
}


def sample_workbook(today: date) -> bytes:
    """The file."""
    return subprocess.run(
        [sys.executable, "-m", "imports.sample_book", today.isoformat()],
        cwd=Path(__file__).parent.parent,
        env={},
        stdout=subprocess.PIPE,
        check=True,
        timeout=60,
    ).stdout
