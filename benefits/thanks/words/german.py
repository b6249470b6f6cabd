"""Letters of thanks in German."""

from benefits.thanks.words.phrases import Phrases

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
    won="Inzwischen ist die Entscheidung für uns gefallen, und Sie haben dazu beigetragen.",
    won_whom="{whom} hat sich inzwischen für uns entschieden, und Sie haben dazu beigetragen.",
    lost=(
        "Am Ende ist die Wahl anders ausgefallen, aus Gründen, die nichts mit Ihnen zu tun hatten."
        " Ihr ehrliches Wort hat trotzdem gezählt."
    ),
    promise="Ich melde mich, sobald ich weiß, was daraus geworden ist.",
    out={
        "published": "Es ist jetzt veröffentlicht.",
        "recorded": "Die Aufzeichnung ist jetzt da.",
        "released": "Was Sie ausprobiert und uns zurückgemeldet haben, ist jetzt erschienen.",
        "posted": "Es steht jetzt online und kann gelesen werden.",
    },
    seen_at="Zu sehen ist es hier: {url}",
)
