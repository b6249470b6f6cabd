"""What customers say in their own voice (AST-1.c): a recording that is published, and an answer
that came by sound. The sound is a few notes made here; nobody is imitated.
"""

import io
import math
import struct
import wave
from datetime import timedelta

from activities.asset_approvals.lifecycle import StepState
from activities.asset_approvals.models import AssetApproval
from activities.asset_approvals.services import approve_step
from activities.asset_files.services import begin_asset_file
from activities.assets.confirming import confirm_asset
from activities.assets.lifecycle import AssetState
from activities.assets.models import Asset
from activities.assets.services import begin_asset, publish_asset, send_asset
from advocacy import clock
from advocacy.files.checking import sweep_files
from advocacy.files.services import add_part
from advocacy.tenancy.actors import Actor
from demo import content_words as words
from demo.cast import Cast
from demo.timeline import at

_RATE = 8000
#: Hertz and seconds.
_NOTES = ((440, 0.4), (523, 0.4), (659, 0.4), (880, 0.9))


def tune() -> bytes:
    """Four notes as WAV, 34 kB."""
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(_RATE)
        for hertz, seconds in _NOTES:
            length = int(seconds * _RATE)
            for n in range(length):
                # Softly in and out, or each note would click.
                fade = min(n, length - n, 400) / 400
                height = int(9000 * fade * math.sin(2 * math.pi * hertz * n / _RATE))
                sound.writeframesraw(struct.pack("<h", height))
    return written.getvalue()


def speak(cast: Cast) -> None:
    """One recording in the library and the gallery, one answer at a draft."""
    _publish(cast)
    waiting = Asset.objects.filter(state=AssetState.DRAFT, kind="quote", collected_at__isnull=False)
    if (asset := waiting.order_by("-updated_at").first()) is not None:
        with at(clock.now() - timedelta(days=1)):
            _say(asset, words.ANSWER_FILE)


def _publish(cast: Cast) -> None:
    quoted = Asset.objects.filter(state=AssetState.PUBLISHED, held_since=None)
    latest = quoted.select_related("advocate__account").order_by("-published_at").first()
    if latest is None:
        return
    advocate = latest.advocate
    begun = clock.now() - timedelta(days=20)
    with at(begun):
        asset = begin_asset(
            actor=cast.program,
            kind="recording",
            advocate=advocate,
            title=words.VOICE_TITLE,
            body=words.VOICE_TEXT,
            attribution=f"{advocate.name}, {advocate.account.name}",
        )
    with at(begun + timedelta(days=2)):
        _say(asset, words.VOICE_FILE)
        send_asset(actor=cast.program, asset=asset.reload())
    with at(begun + timedelta(days=3)):
        confirm_asset(
            actor=Actor.advocate(advocate.pk),
            asset=asset,
            number=asset.number,
            is_honest=True,
            may_publish=True,
        )
    with at(begun + timedelta(days=5)):
        steps = AssetApproval.objects.filter(asset=asset, state=StepState.WAITING)
        while step := steps.first():
            actor = Actor.member(step.assignee) if step.assignee else cast.program
            approve_step(actor=actor, approval=step, comment=words.COMMENT)
        if asset.reload().state == AssetState.APPROVED:
            publish_asset(actor=cast.program, asset=asset)


def _say(asset: Asset, name: str) -> None:
    """As their phone does it: announced, sent, checked."""
    sound = tune()
    actor = Actor.advocate(asset.advocate_id)  # type: ignore[attr-defined]
    file = begin_asset_file(
        actor=actor, asset=asset, name=name, size=len(sound), announced="audio/wav"
    )
    add_part(file=file, offset=0, data=sound)
    sweep_files(asset.tenant_id)
