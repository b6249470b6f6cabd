"""Which columns of this app hold personal data (GDPR-1)."""

from advocacy.tenancy.classification import Columns

_WORDS = (
    "title body background why_us implementation results lessons future_plans quote attribution url"
    " file_sha256"
)

COLUMNS = {
    "Asset": Columns(
        personal=f"{_WORDS} topic questions answers remark confirmed_how published_url reason",
        plain="kind language is_excerpt state number misses is_good seen_number confirmed_at"
        " confirmed_number approved_at approved_number published_at published_number in_gallery"
        " collected_at held_since due_at created_at updated_at",
    ),
    # The fingerprint of words that are gone leads nowhere; the log has it as well.
    "AssetVersion": Columns(personal=_WORDS, plain="number digest by_advocate written_at"),
    "AssetApproval": Columns(
        personal="contact_name contact_email comment",
        plain="step position days state number seen_number opened_at due_at reminded_at decided_at"
        " created_at",
    ),
    # Where it is seen can name who it is about.
    "Placement": Columns(personal="url", plain="channel due_on state done_at created_at"),
    "Repurposing": Columns(plain="form due_on state created_at"),
    # Made of an asset or an outcome by triggers and services; it goes when their words change.
    "Passage": Columns(
        personal="text", plain="kind part position language", refers="object_id", derived=True
    ),
    "PassageTerm": Columns(personal="term", plain="weight", derived=True),
    "Activity": Columns(
        personal="purpose location advocate_comment requester_comment end_reason content_url",
        # A rating is a count of the program, without the words beside it.
        plain="state planned_at accepted_at scheduled_at starts_at ends_at happened_at completed_at"
        " minutes advocate_rating requester_rating ended_at no_show_by is_outside out_on",
    ),
    "Duty": Columns(plain="step task text state due_at done_at"),
    # Words and rating are the activity's.
    "Feedback": Columns(
        personal="note",
        plain="side state asked_at closes_at given_at again handled_at",
    ),
    "SlotCheck": Columns(
        plain="starts_at ends_at asks_advocate state asked_at weigh_at advocate_says"
        " advocate_said_at requester_says requester_said_at came_out settled_at"
    ),
    "LoopDuty": Columns(personal="news note", plain="opened_at due_at closed_at came_out"),
    "SetUp": Columns(
        # When it was there goes with where it is: the one without the other is refused.
        personal="consent equipment shared_tool recording_url recording_at",
        plain="needs_place is_recorded needs_test test_by",
    ),
    "Transcript": Columns(
        personal="title consent_note", plain="held_on language format line_count created_at"
    ),
    "TranscriptSpeaker": Columns(personal="label", plain="position side is_guess"),
    "TranscriptLine": Columns(personal="text", plain="number start_ms end_ms"),
    # A sentence that nobody may know any more is not proposed to anybody.
    "TranscriptProposal": Columns(
        personal="text before after", plain="start start_ms reasons score state", goes=True
    ),
    # Texts of the program, about kinds of activity and nobody.
    "PlaybookStep": Columns(plain="state position code text step anchor days"),
    "PlaybookText": Columns(plain="state position code kind title body"),
}
