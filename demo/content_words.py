"""Words of the demo's content: what customers of a scheduling product would say."""

from typing import NamedTuple


class Words(NamedTuple):
    """A title and a text."""

    title: str
    body: str


QUOTES = (
    Words(
        "Rosters in five hours instead of fourteen",
        "Before Flow, two of my team leads spent fourteen hours a week on rosters. Now it is five,"
        " and nobody misses the spreadsheet. The reports could be prettier.",
    ),
    Words(
        "Live in 23 days",
        "We had planned a quarter for the first site and were live in 23 days. The part that took"
        " longest was agreeing among ourselves what a shift is.",
    ),
    Words(
        "The data office said yes in two weeks",
        "Our data office used to need nine weeks for an approval. With the audit trail from Connect"
        " it took two, because every question was answered in one place.",
    ),
    Words(
        "A third fewer calls",
        "Since customers move appointments themselves, we get a third fewer calls. What we"
        " underestimated: somebody has to keep the opening hours right.",
    ),
    Words(
        "Forecasts we plan with",
        "We replaced three forecasts that nobody believed by one that was 4% off last year. It took"
        " us two seasons of data before we trusted it.",
    ),
    Words(
        "Support that knows our set-up",
        "When a terminal failed before Easter, somebody who knew our set-up answered within 20"
        " minutes. That saved the weekend of 60 people.",
    ),
)

CASE_STUDY = {
    "background": "Forty engineers, three regions, and a planning board that only one person could"
    " read. When she was ill, jobs were planned by telephone.",
    "why_us": "We looked at four products. Flow was the only one our engineers could use with"
    " gloves on, and the only one whose sales team said what it could not do.",
    "implementation": "One region first, for six weeks, with paper beside it. Then the other two in"
    " a fortnight. The import of old jobs took longer than promised.",
    "results": "- Driving time **down 18%** within six months\n"
    "- 11 hours a week less for planning\n- Repeat visits from 14% to 9%",
    "lessons": "Take the engineers along from the first day. And clean the addresses before you"
    " import them, not afterwards.",
    "future_plans": "Next year the subcontractors plan themselves in, and we try the forecast for"
    " spare parts.",
    "quote": "The board is gone. I was against that, and I was wrong.",
}
CASE_TITLE = "18% less driving: field service at {company}"

ANSWERS = (
    "Fourteen hours a week for two people, and still the night shift was short every other Friday.",
    "We had the importer read our old sheets. That went wrong twice, then it was fine.",
    "Five hours a week. And the union has stopped sending letters.",
)
REMARK = "Please leave out the name of our union."
SENT_BACK = "“Nobody misses the spreadsheet” is not how we speak in public; say what it replaced."
COMMENT = "Mail of their PR office: fine like this."
RETIRED = "The product has another name now."
PUBLISHED = "https://www.northwind.example/customers/{slug}/"
RECORDING = "https://media.northwind.example/{slug}"
TOLD = "Wrote to them the day it was out, with the link"

VOICE_TITLE = "Eleven hours a week, told in two minutes"
VOICE_TEXT = (
    "Before, planning took two people eleven hours a week. We replaced the board, and now the"
    " engineers see their day on the phone."
)
VOICE_FILE, ANSWER_FILE = "Eleven hours.wav", "My answer.wav"
