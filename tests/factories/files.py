"""Files of pieces, with their bytes in the storage of the tests."""

import hashlib
import io

import factory

from advocacy import clock
from advocacy.files import storing
from advocacy.files.models import FileDiscard, StoredFile
from advocacy.tenancy.ids import uuid7
from tests.factories.assets import AssetFactory
from tests.factories.base import TenantFactory
from tests.support import media

TONE = media.wav()
TONE_SHA256 = hashlib.sha256(TONE).hexdigest()


class StoredFileFactory(TenantFactory):
    """What an advocate said at a draft, ready to be heard."""

    class Meta:
        model = StoredFile
        skip_postgeneration_save = True

    subject_type = "activities.asset"
    subject_id = factory.LazyFunction(lambda: AssetFactory.create().pk)
    use = "material"
    name = "What changed.wav"
    type = "audio/wav"
    size = received = len(TONE)
    sha256 = TONE_SHA256
    state = "ready"
    by_advocate = True
    ready_at = factory.LazyFunction(clock.now)

    @factory.post_generation
    def whole(self: StoredFile, create: bool, extracted: object, **kwargs: object) -> None:
        """Its bytes."""
        if create and self.state == "ready":
            storing.keep_whole(self, io.BytesIO(TONE))


class FileDiscardFactory(TenantFactory):
    """Bytes that nobody needs any more."""

    class Meta:
        model = FileDiscard

    file_id = factory.LazyFunction(uuid7)
