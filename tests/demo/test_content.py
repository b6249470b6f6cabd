"""The demo's library (AST-1)."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from activities.asset_approvals.models import AssetApproval
from activities.assets.lifecycle import AssetState
from activities.assets.models import Asset
from activities.assets.selectors import in_library
from activities.assets.services import begin_asset
from activities.distribution.models import Placement
from advocacy import clock
from advocacy.files.models import StoredFile
from advocacy.tenancy.models import Membership
from advocates.models import Consent
from demo.calls import write_down_a_call
from demo.cast import Cast
from demo.content import fill_library
from demo.leaving import ask_to_leave
from demo.sharing import share_with_deals
from demo.voices import speak
from requests.models import Share, Touchpoint
from tests.factories.activities import ActivityFactory
from tests.factories.advocates import AdvocateFactory
from tests.factories.assets import ShelvedAssetFactory
from tests.factories.requests import OpportunityFactory, ReadyFactory
from tests.support.files import files_dir  # noqa: F401 - a fixture
from tests.support.program import make_program

pytestmark = pytest.mark.django_db


def test_every_state_is_there_to_look_at(scope: Any, alice: Membership) -> None:
    """From drafts as a year leaves them: a library, and one of each on the table."""
    program = make_program(manager=alice)
    for kind, count in (("recording", 2), ("quote", 5), ("case_study", 3)):
        for number in range(count):
            begin_asset(
                actor=program.actor,
                kind=kind,
                advocate=AdvocateFactory(),
                title=f"{kind} {number}",
                questions=["What changed?", "By how much?"],
            )
    fill_library(Cast(alice, [], [], [], Random(1)))
    states = {str(state) for state in AssetState} - {"retired"}
    assert set(Asset.objects.values_list("state", flat=True)) == states
    assert Asset.objects.filter(in_library()).count() == 3
    assert Asset.objects.filter(held_since__isnull=False).exists()
    assert AssetApproval.objects.filter(state="waiting").exists()
    placed = Placement.objects.filter(asset__held_since__isnull=False)
    assert set(placed.values_list("state", flat=True)) == {"done"}
    assert Placement.objects.filter(state="open").exists()


def test_a_call_is_written_down(scope: Any, alice: Membership) -> None:
    """TRN-1: with proposals, and a draft quote of the best."""
    program = make_program(manager=alice)
    program.completed("reference_call")
    cast = Cast(alice, [], [], [], Random(1))
    transcript = write_down_a_call(cast)
    assert transcript is None, "what was logged outside has no transcript"
    ActivityFactory(
        advocate=program.advocate, activity_type=program.type("reference_call"), completed=True
    )
    transcript = write_down_a_call(cast)
    assert transcript is not None
    assert transcript.proposals.filter(state="proposed").count() > 2
    chosen = transcript.proposals.get(state="chosen")
    assert (chosen.before, chosen.after) == ("sechs Wochen", "neun Tage")
    assert Asset.objects.get().state == AssetState.DRAFT


def test_pieces_are_shared_with_deals(scope: Any, membership: Any) -> None:
    """AST-2.b, AST-2.c, OPP-1.c: opened, not opened yet, and used without a link."""
    seller = membership("sales")
    for _each in range(4):
        OpportunityFactory(owner=seller, stage="open")
        ShelvedAssetFactory(published_at=clock.now() - timedelta(days=20))
    Consent.objects.update(given_on=clock.now().date() - timedelta(days=30))
    share_with_deals()
    opens = sorted(Share.objects.values_list("way", "opens"))
    assert opens == [("direct", 0), ("link", 0), ("link", 1), ("link", 3)]
    assert Touchpoint.objects.filter(kind="share").count() == 2


def test_somebody_asks_to_be_erased(scope: Any) -> None:
    """PRT-1.d: it waits on Today."""
    ReadyFactory(email="mia@example.com")
    made = ask_to_leave()
    assert made is not None and made.state == "open"


@pytest.mark.usefixtures("files_dir")
def test_somebody_says_it_in_their_own_voice(scope: Any, alice: Membership) -> None:
    """AST-1.c: a recording is published as it was confirmed, and an answer came by sound."""
    program = make_program(manager=alice)
    ShelvedAssetFactory(advocate=program.advocate)
    draft = begin_asset(
        actor=program.actor, kind="quote", advocate=program.advocate, title="Two hours less"
    )
    Asset.objects.filter(pk=draft.pk).update(collected_at=clock.now())
    speak(Cast(alice, [], [], [], Random(1)))
    recording = Asset.objects.get(kind="recording")
    assert (recording.state, len(recording.file_sha256)) == ("published", 64)
    assert recording in Asset.objects.filter(in_library())
    answer = StoredFile.objects.get(subject_id=draft.pk)
    assert (answer.state, answer.type, answer.by_advocate) == ("ready", "audio/wav", True)
