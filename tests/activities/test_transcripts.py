"""Transcripts: taken in, proposed from, chosen (TRN-1)."""

from typing import Any, ClassVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from activities.assets.models import Asset, AssetVersion
from activities.assets.services import publish_asset, update_asset
from activities.settings import CONTENT
from activities.transcripts.choosing import choose_proposal
from activities.transcripts.intake import add_transcript, update_transcript
from activities.transcripts.models import (
    Transcript,
    TranscriptLine,
    TranscriptProposal,
    TranscriptSpeaker,
)
from activities.transcripts.resource import PROPOSALS, TRANSCRIPTS
from activities.transcripts.speaking import assign_speakers
from advocacy import clock
from advocacy.messaging.undo import undo_latest
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import Conflict, DomainError, NotAllowed
from advocacy.tenancy.scope import tenant_scope
from advocacy.tenant_settings.services import change_settings
from advocates.people.consents import record_consent
from advocates.people.privacy import erase_advocate, export_advocate
from tests.factories.activities import ActivityFactory
from tests.factories.advocates import AccountFactory, AdvocateFactory
from tests.factories.tenancy import MembershipFactory
from tests.factories.transcripts import SENTENCE, TranscriptFactory, TranscriptProposalFactory
from tests.kit.resource import ResourceCase
from tests.support.program import Program
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db

_ROLES = "program_manager admin csm marketing"
_TEXT = "[00:01:02] Ana Ruiz: Hello. We went from six weeks\nto nine days. Nice.\nBob: We did 9%."


class TestTranscripts(ResourceCase):
    """TRN-1.a: added, read and changed in the browser and over REST; never by sales (VIS-1)."""

    resource, factory = TRANSCRIPTS, TranscriptFactory
    viewers = editors = _ROLES
    new: ClassVar[dict[str, Any]] = {"account": AccountFactory, "text": _TEXT}
    changed: ClassVar[dict[str, Any]] = {"consent_note": "Said so at the beginning"}
    wrong: ClassVar[dict[str, Any]] = {"language": "xx"}
    owned_by = "account__owner"

    def post(self, name: str, values: Any, *args: Any) -> Any:
        """Where nobody is known by name, adding leads on to who speaks."""
        answer = super().post(name, values, *args)
        if name == "new" and answer.status_code == 302:
            assert answer["Location"].endswith("/speakers/")
            answer["Location"] = answer["Location"].removesuffix("speakers/")
        return answer


class TestProposals(ResourceCase):
    """TRN-1.b, TRN-1.d: read and chosen in the browser and over REST."""

    resource, factory = PROPOSALS, TranscriptProposalFactory
    viewers = editors = _ROLES
    moves: ClassVar[dict[str, Any]] = {"choose": (_ROLES, {}, "chosen")}
    owned_by = "line__speaker__transcript__account__owner"

    def test_moves(self) -> None:
        """TRN-1.d: one press; a second one leads to the same draft."""
        page = self.client.get(self.url("detail", self.row.pk)).content.decode()
        assert self.url("choose", self.row.pk) in page
        first = self.post("choose", {}, self.row.pk)["Location"]
        assert self.post("choose", {}, self.row.pk)["Location"] == first
        assert self.api.post(f"transcript-proposals/{self.row.pk}/choose/").status_code == 200
        assert self.verbs() == ["transcript_proposal.chosen"]
        assert first.endswith(f"/assets/{self.fresh().asset_id}/")


@pytest.fixture
def ana(program: Program) -> Any:
    return AdvocateFactory(
        account=program.advocate.account, first_name="Ana", last_name="Ruiz", job_title="COO"
    )


def added(program: Program, **values: Any) -> Transcript:
    return add_transcript(
        **{"actor": program.actor, "account": program.advocate.account, "text": _TEXT, **values}
    )


def test_only_what_customers_say_is_proposed(program: Program, ana: Any) -> None:
    """TRN-1.b: word for word, across lines; Bob's 9% is proposed once he is known to be theirs."""
    transcript = added(program)
    (found,) = TranscriptProposal.objects.filter(transcript=transcript)
    assert found.text == SENTENCE
    assert (found.line.number, found.start, found.start_ms) == (1, 7, 62_000)
    assert (found.before, found.after) == ("six weeks", "nine days")
    bob = AdvocateFactory(account=transcript.account, first_name="Bob", last_name="Stone")
    assign_speakers(actor=program.actor, transcript=transcript, voices={1: ("advocate", bob)})
    texts = set(transcript.proposals.values_list("text", flat=True))
    assert texts == {SENTENCE}, "three words are no sentence worth quoting"
    assign_speakers(actor=program.actor, transcript=transcript, voices={0: ("colleague", None)})
    assert not transcript.proposals.exists()
    with pytest.raises(DomainError, match="is not at"):
        assign_speakers(
            actor=program.actor,
            transcript=transcript,
            voices={0: ("advocate", AdvocateFactory())},
        )
    assert TranscriptSpeaker.objects.get(transcript=transcript, position=0).side == "colleague"


def test_a_file_is_told_by_its_content(
    program: Program, ana: Any, membership: Any, client_for: Any
) -> None:
    """TRN-1.a: whatever it is called; the page leads on to who speaks, and shows the lines."""
    client: Client = client_for(program.manager)
    address = reverse("transcripts:new", args=(program.manager.tenant.slug,))
    data = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana Ruiz>We saved 40% of the <i>time</i>.\n"
    file = SimpleUploadedFile("notes.zip", data.encode("utf-16"))
    account = str(program.advocate.account.pk)
    answer = client.post(address, {"account": account, "file": file})
    assert answer.status_code == 302, answer.content.decode()
    (transcript,) = Transcript.objects.all()
    assert (transcript.format, transcript.line_count) == ("vtt", 1)
    assert transcript.title == f"Call with {transcript.account.name}"
    page = client.get(answer["Location"]).content.decode()
    assert "We saved 40% of the time." in page
    assert "00:01" in page
    speakers = client.get(
        reverse("transcripts:speakers", args=(transcript.tenant.slug, transcript.pk))
    ).content.decode()
    assert "Guessed by the name." in speakers


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Ana Ruiz: Hi\n[00:99:01] Ana Ruiz: Ho", "Line 2: a time like"),
        ("no names\nhere", "Line 1: "),
        ("", "Paste what was said"),
        ("Ana: a\n" * 400_000, "It is larger than 2048 KB"),
    ],
)
def test_what_cannot_be_read_leaves_nothing(
    text: str, problem: str, program: Program, client_for: Any
) -> None:
    """TRN-1.a, BAD-1: in the browser with the text as it was pasted, over REST at the field."""
    body = {"account": str(program.advocate.account.pk), "text": text}
    address = reverse("transcripts:new", args=(program.manager.tenant.slug,))
    answer = client_for(program.manager).post(address, {**body, "title": "Kept"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert problem in page
    assert 'value="Kept"' in page
    assert not text or text.splitlines()[0] in page
    refused = api_for(program.manager).post("transcripts/", body)
    assert refused.status_code == 422
    assert problem in refused.json()["errors"]["text"][0]
    assert not Transcript.objects.exists()
    assert not TranscriptLine.objects.exists()


def test_script_stays_text(program: Program, ana: Any, client_for: Any) -> None:
    """BAD-1: in the lines and in the proposals."""
    transcript = added(program, text="Ana Ruiz: <script>x</script> saved us 40% of the time now.")
    address = reverse("transcripts:detail", args=(transcript.tenant.slug, transcript.pk))
    page = client_for(program.manager).get(address).content.decode()
    assert "<script>x" not in page
    assert page.count("&lt;script&gt;x") == 2


def test_the_limit_is_the_tenants(program: Program) -> None:
    """TRN-1.a: larger than the setting says is refused with the setting's number."""
    change_settings(actor=program.actor, family=CONTENT, values={"transcript_kilobytes": 16})
    with pytest.raises(DomainError, match="larger than 16 KB"):
        added(program, text="Ana Ruiz: word\n" * 1200)


def test_a_proposal_leads_to_its_place(program: Program, ana: Any, client_for: Any) -> None:
    """TRN-1.c: the time code, the page on which it stands, and the sentence marked in its lines;
    ten thousand lines are not one page.
    """
    filler = "Ana Ruiz: and so it went on\n" * 449
    transcript = added(program, text=filler + _TEXT + "\n" + filler * 20)
    proposal = transcript.proposals.get(text=SENTENCE)
    assert proposal.line.number == 450
    client = client_for(program.manager)
    here = reverse("transcripts:detail", args=(transcript.tenant.slug, transcript.pk))
    first = client.get(here)
    page = first.content.decode()
    place = f"{here}?line=450&amp;sentence={proposal.pk}#line-450"
    assert f'href="{place}"' in page
    assert "01:02" in page
    assert page.count('id="line-') == 100
    assert len(first.content) < 150_000
    there = client.get(here, {"line": 450, "sentence": str(proposal.pk)}).content.decode()
    assert "<mark>We went from six weeks</mark>" in there
    assert "<mark>to nine days.</mark> Nice." in there
    assert 'id="line-450"' in there
    for odd in ("0", "-1", "99999999999999", "x", "²", "5&sentence=x"):
        assert client.get(f"{here}?line={odd}").status_code == 200
    lines = api_for(program.manager).get(f"transcripts/{transcript.pk}/lines/?page_size=2").json()
    assert [row["number"] for row in lines["results"]] == [1, 2]
    assert lines["next"]


def test_a_chosen_sentence_is_a_draft_and_no_more(program: Program, ana: Any) -> None:
    """TRN-1.d: exactly the sentence, nobody named without leave, its origin kept; what publishes a
    quote else is needed here as well.
    """
    activity = ActivityFactory(advocate=ana, completed=True)
    transcript = added(program, account=None, activity=activity)
    proposal = choose_proposal(actor=program.actor, proposal=transcript.proposals.get())
    asset = Asset.objects.get()
    assert (asset.kind, asset.state, asset.body, asset.attribution) == (
        "quote",
        "draft",
        SENTENCE,
        "",
    )
    assert (asset.advocate, asset.activity) == (ana, activity)
    assert proposal.asset == asset
    assert proposal.line.number == 1
    assert choose_proposal(actor=program.actor, proposal=proposal).asset == asset
    assert Asset.objects.count() == 1
    with pytest.raises(Conflict):
        publish_asset(actor=program.actor, asset=asset)
    with pytest.raises(Conflict, match="A draft quote was begun"):
        assign_speakers(actor=program.actor, transcript=transcript, voices={0: ("other", None)})


def test_two_sentences_of_one_call(program: Program, ana: Any) -> None:
    """TRN-1.d: two drafts, and who agreed to be quoted is named below them."""
    record_consent(actor=program.actor, advocate=ana, use="quote", given_on=clock.now().date())
    text = f"Ana Ruiz: {SENTENCE} It saved us 40% of our time last year."
    activity = ActivityFactory(advocate=ana, completed=True)
    transcript = added(program, account=None, activity=activity, text=text)
    for proposal in transcript.proposals.all():
        choose_proposal(actor=program.actor, proposal=proposal)
    assert set(Asset.objects.values_list("attribution", "activity")) == {
        (f"Ana Ruiz, COO, {transcript.account.name}", activity.pk)
    }
    assert Asset.objects.count() == 2
    # In another language other words count; what was chosen stays.
    update_transcript(actor=program.actor, transcript=transcript, language="de")
    assert transcript.proposals.filter(state="chosen").count() == 2


def test_choosing_is_taken_back(program: Program, ana: Any) -> None:
    """TRN-1.d: the draft goes, unless somebody has worked on it."""
    proposal = added(program).proposals.get()
    choose_proposal(actor=program.actor, proposal=proposal)
    undo_latest(actor=program.actor, subject_id=proposal.pk)
    assert not Asset.objects.exists()
    assert not AssetVersion.objects.exists()
    assert proposal.reload().state == "proposed"
    asset = choose_proposal(actor=program.actor, proposal=proposal.reload()).asset
    assert asset is not None
    update_asset(actor=program.actor, asset=asset, title="Another")
    with pytest.raises(Conflict, match="has gone on since"):
        undo_latest(actor=program.actor, subject_id=proposal.pk)


def test_an_outcome_is_offered_with_what_was_said(
    program: Program, ana: Any, client_for: Any
) -> None:
    """TRN-1.b: from six weeks to nine days is an outcome of hers: the form has both numbers."""
    transcript = added(program)
    client = client_for(program.manager)
    here = reverse("transcripts:detail", args=(transcript.tenant.slug, transcript.pk))
    page = client.get(here).content.decode()
    address = reverse("advocates:outcome-new", args=(transcript.tenant.slug, ana.pk))
    start = page.index(f'href="{address}?') + len('href="')
    link = page[start : page.index('"', start)].replace("&amp;", "&")
    form = client.get(link).content.decode()
    assert 'value="six weeks"' in form
    assert 'value="nine days"' in form
    assert SENTENCE in form


def test_who_is_erased_is_gone_from_the_lines(program: Program, ana: Any) -> None:
    """GDPR-1, TRN-1.a: an export holds what they said; erased, their lines and name are empty and
    their sentences gone, and what others said stays, without their name.
    """
    transcript = added(program, text=f"{_TEXT}\nBob: Thank you, Ana Ruiz.")
    told = str(export_advocate(actor=program.actor, advocate=ana))
    assert "to nine days. Nice." in told
    erase_advocate(actor=program.actor, advocate=ana, name="Ana Ruiz", reason="Asked for it")
    rows = TranscriptLine.objects.filter(transcript=transcript).order_by("number")
    assert [row.text for row in rows][:3] == ["", "", "We did 9%."]
    assert "Ana" not in rows[3].text
    assert TranscriptSpeaker.objects.get(transcript=transcript, position=0).label == ""
    assert not transcript.proposals.exists()


def test_cards_lead_to_it(program: Program, ana: Any, client_for: Any) -> None:
    """TRN-1.a: from the account and the activity, with the way to add one."""
    activity = ActivityFactory(advocate=ana, completed=True)
    transcript = added(program, account=None, activity=activity)
    client, slug = client_for(program.manager), transcript.tenant.slug
    here = reverse("transcripts:detail", args=(slug, transcript.pk))
    new = reverse("transcripts:new", args=(slug,))
    for name, pk, query in (
        ("accounts:detail", transcript.account.pk, f"account={transcript.account.pk}"),
        ("activities:detail", activity.pk, f"activity={activity.pk}"),
    ):
        page = client.get(reverse(name, args=(slug, pk))).content.decode()
        assert f'href="{here}"' in page
        assert f'href="{new}?{query}"' in page
        assert client.get(f"{new}?{query}").status_code == 200
    executive = client_for(MembershipFactory(role="executive"))
    page = executive.get(reverse("accounts:detail", args=(slug, transcript.account.pk)))
    assert here not in page.content.decode()


def test_it_is_removed_and_drafts_stay(program: Program, ana: Any, client_for: Any) -> None:
    """TRN-1.a: what should not be here goes with everything in it; a CSM's at own accounts only."""
    transcript = added(program)
    choose_proposal(actor=program.actor, proposal=transcript.proposals.get())
    stranger = MembershipFactory(role="csm")
    transcript.account.owner = program.csm
    transcript.account.save(update_fields=["owner"])
    address = reverse("transcripts:remove", args=(transcript.tenant.slug, transcript.pk))
    assert client_for(stranger).post(address).status_code == 403
    with pytest.raises(NotAllowed):
        assign_speakers(actor=Actor.member(stranger), transcript=transcript, voices={})
    assert client_for(program.csm).post(address).status_code == 302
    assert not TranscriptLine.objects.exists()
    assert Asset.objects.get().body == SENTENCE


def test_over_rest(program: Program, ana: Any) -> None:
    """TRN-1.a to TRN-1.d: added, said who speaks, proposals read by transcript and chosen."""
    api = api_for(program.manager)
    text = _TEXT.replace("Ana Ruiz", "Guest")
    made = api.post("transcripts/", {"account": str(ana.account.pk), "text": text}).json()
    assert [each["side"] for each in made["speakers"]] == ["unknown", "unknown"]
    address = f"transcripts/{made['id']}/"
    voice = {"position": 0, "side": "advocate", "advocate": str(ana.pk)}
    assert api.post(f"{address}assign/", {"speakers": [voice]}).status_code == 200
    wrong = api.post(f"{address}assign/", {"speakers": [{**voice, "position": 9}]})
    assert wrong.status_code == 422
    assert "no speaker number 9" in wrong.content.decode()
    (row,) = api.get(f"transcript-proposals/?transcript={made['id']}").json()["results"]
    assert (row["text"], row["number"], row["start_ms"]) == (SENTENCE, 1, 62_000)
    chosen = api.post(f"transcript-proposals/{row['id']}/choose/").json()
    assert chosen["state"] == "chosen"
    assert api.get(f"assets/{chosen['asset']}/").json()["body"] == SENTENCE
    assert api.patch(address, {"text": "Ana: other"}).status_code == 422
    assert api.post(f"{address}remove/").status_code == 204
    with tenant_scope(program.manager.tenant):
        sales = MembershipFactory(role="sales")
    assert api_for(sales).get("transcripts/").status_code == 403
    assert api_for(sales).get(f"transcript-proposals/{row['id']}/").status_code == 403
