"""Words for a letter, in the languages thank-you drafts are written in (THX-3).

A draft is a letter from one person to another, so it is written by hand per language instead of
translated sentence by sentence. A language without words of its own gets the English letter.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a letter says about an activity, by the code of its type.

    ``done`` reads on after "thank you for". ``joints`` lead from there to a company, event or
    site, for the types where naming it makes sense.
    """

    done: dict[str, str]
    other: str
    joints: dict[str, str]
    minutes: str
    hours: str

    def what(self, code: str, name: str, whom: str) -> str:
        """ "the reference call with Example Ltd"."""
        done = self.done.get(code) or self.other.format(name=name)
        joint = self.joints.get(code)
        return f"{done} {joint} {whom}" if whom and joint else done

    def time(self, minutes: int | None) -> str:
        """ "35 minutes", "3 hours"; nothing where nobody wrote it down."""
        if not minutes:
            return ""
        if minutes >= 120 and minutes % 60 == 0:
            return self.hours.format(count=minutes // 60)
        return self.minutes.format(count=minutes)


ENGLISH = Phrases(
    done={
        "short_reference_call": "the short call",
        "reference_call": "the reference call",
        "executive_reference_call": "the executive reference call",
        "testimonial": "your testimonial",
        "video_testimonial": "your video testimonial",
        "review": "your review",
        "case_study": "your story for the case study",
        "referral": "your referral",
        "speaking": "your talk",
        "customer_panel": "your part in the panel",
        "guest_article": "your article",
        "site_visit": "opening your doors for the site visit",
        "reference_list": "standing by as a reference",
        "logo_use": "letting us show your logo",
        "event_attendance": "joining us",
        "advisory_board": "your work on the advisory board",
        "beta_test": "testing the beta",
        "community_contribution": "your contribution to the community",
        "community_leadership": "leading in the community",
        "product_feedback": "your feedback on the product",
        "social_share": "sharing our news",
        "survey": "answering our survey",
        "co_marketing": "the campaign we made together",
    },
    other="the {name}",
    joints={
        "short_reference_call": "with",
        "reference_call": "with",
        "executive_reference_call": "with",
        "site_visit": "with",
        "review": "on",
        "referral": "of",
        "speaking": "at",
        "customer_panel": "at",
        "event_attendance": "at",
        "guest_article": "for",
        "reference_list": "for",
    },
    minutes="{count} minutes",
    hours="{count} hours",
)

GERMAN = Phrases(
    done={
        "short_reference_call": "das kurze Gespräch",
        "reference_call": "das Referenzgespräch",
        "executive_reference_call": "das Referenzgespräch auf Führungsebene",
        "testimonial": "Ihr Zitat",
        "video_testimonial": "Ihr Video",
        "review": "Ihre Bewertung",
        "case_study": "Ihre Geschichte für die Fallstudie",
        "referral": "Ihre Empfehlung",
        "speaking": "Ihren Vortrag",
        "customer_panel": "Ihre Teilnahme an der Gesprächsrunde",
        "guest_article": "Ihren Artikel",
        "site_visit": "den Besuch bei Ihnen im Haus",
        "reference_list": "Ihre Bereitschaft, als Referenz zu stehen",
        "logo_use": "die Erlaubnis, Ihr Logo zu zeigen",
        "event_attendance": "Ihren Besuch",
        "advisory_board": "Ihre Arbeit im Kundenbeirat",
        "beta_test": "Ihren Test der Vorabversion",
        "community_contribution": "Ihren Beitrag in der Community",
        "community_leadership": "Ihre führende Rolle in der Community",
        "product_feedback": "Ihre Rückmeldung zum Produkt",
        "social_share": "das Teilen unserer Nachricht",
        "survey": "Ihre Antworten auf unsere Umfrage",
        "co_marketing": "die gemeinsame Kampagne",
    },
    other="„{name}“",
    joints={
        "short_reference_call": "mit",
        "reference_call": "mit",
        "executive_reference_call": "mit",
        "site_visit": "mit",
        "review": "auf",
        "referral": "von",
        "speaking": "bei",
        "customer_panel": "bei",
        "event_attendance": "bei",
        "guest_article": "für",
        "reference_list": "für",
    },
    minutes="{count} Minuten",
    hours="{count} Stunden",
)

#: By language code, without its region.
LETTERS: dict[str, Phrases] = {"en": ENGLISH, "de": GERMAN}
FALLBACK = "en"


def letter_language(*wanted: str) -> str:
    """The first of the wanted languages that letters are written in, else English."""
    for language in wanted:
        plain = language.lower().replace("_", "-").split("-")[0]
        if plain in LETTERS:
            return plain
        if plain:
            return FALLBACK
    return FALLBACK
