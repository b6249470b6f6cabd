"""What was said in a call, as a meeting tool writes it down, and a chosen sentence (TRN-1)."""

from datetime import timedelta

from activities.activities.choices import ActivityState
from activities.activities.models import Activity
from activities.transcripts.choosing import choose_proposal
from activities.transcripts.intake import add_transcript
from activities.transcripts.models import Transcript
from activities.transcripts.selectors import best_of
from advocacy import clock
from demo.cast import Cast
from demo.timeline import at

CONSENT = "Zu Beginn des Gesprächs gefragt; ja, auch zum Mitschreiben"

#: ``we`` asks, ``they`` answer; the times are those of the call.
CALL = """WEBVTT

00:00:04.000 --> 00:00:09.500
<v {we}>Danke, dass Sie sich die Zeit nehmen. Ist es recht, wenn wir mitschreiben?

00:00:10.000 --> 00:00:13.000
<v {they}>Ja, gern. Fangen wir an.

00:00:14.000 --> 00:00:19.000
<v {we}>Wie haben Sie die Dienste geplant, bevor es Flow gab?

00:00:20.000 --> 00:00:27.500
<v {they}>Mit Tabellen, und mit viel gutem Willen. Zwei meiner Leute saßen

00:00:27.500 --> 00:00:33.000
<v {they}>jeden Freitag daran, und am Montag stimmte es trotzdem nicht.

00:00:34.000 --> 00:00:37.000
<v {we}>Und was hat sich geändert?

00:00:38.000 --> 00:00:45.000
<v {they}>Für einen Monatsplan sind wir von sechs Wochen

00:00:45.000 --> 00:00:49.500
<v {they}>auf neun Tage gekommen. Das hätte ich vorher nicht geglaubt.

00:00:50.000 --> 00:00:58.000
<v {they}>Die Rückfragen sind um 40 % zurückgegangen, weil jeder seinen Plan selbst sieht.

00:01:00.000 --> 00:01:03.000
<v {we}>Gab es etwas, das schwierig war?

00:01:04.000 --> 00:01:14.000
<v {they}>Die Einführung hat länger gedauert als gedacht. Wir mussten erst unter uns
klären, was eine Schicht überhaupt ist.

00:01:15.000 --> 00:01:24.000
<v {they}>Ich bin trotzdem zufrieden mit Flow, weil Ihr Support auch am Samstag
antwortet und die Leute sich auskennen.

00:01:25.000 --> 00:01:30.000
<v {we}>Und im Vergleich zu dem, was Sie davor hatten?

00:01:31.000 --> 00:01:39.000
<v {they}>Es ist deutlich einfacher als unser altes System. Die Berichte könnten hübscher sein.

00:01:40.000 --> 00:01:43.000
<v {we}>Das gebe ich weiter. Vielen Dank!
"""


def write_down_a_call(cast: Cast) -> Transcript | None:
    """The newest call that took place, written down; the best sentence of it is a draft quote."""
    rows = Activity.objects.filter(
        state=ActivityState.COMPLETED,
        is_outside=False,
        advocate__erased_at=None,
        activity_type__is_reference=True,
    ).select_related("advocate__account__tenant")
    call = rows.order_by("-happened_at", "-id").first()
    if call is None:
        return None
    text = CALL.format(we=cast.manager.name, they=call.advocate.name)
    with at(clock.now() - timedelta(hours=3)):
        transcript = add_transcript(
            actor=cast.program, activity=call, text=text, language="de", consent_note=CONSENT
        )
    if best := best_of(transcript, 1):
        with at(clock.now() - timedelta(hours=2)):
            choose_proposal(actor=cast.program, proposal=best[0])
    return transcript
