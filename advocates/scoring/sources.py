"""What the statement reads of apps above: how people answered.

    sources.register_answers("SELECT advocate_id, sent_at, answered_at, accepted FROM …")

A relation with ``advocate_id``, ``asked_at``, ``answered_at`` (null: nobody answered) and
``accepted``, of the tenant ``%(tenant)s`` and of the year since ``year_start(%(zone)s)``. Put into
the one statement, so that nothing is copied and nothing goes stale.
"""

_answers: list[str] = []

_NOBODY = (
    "SELECT NULL::uuid AS advocate_id, NULL::timestamptz AS asked_at,"
    " NULL::timestamptz AS answered_at, false AS accepted WHERE false"
)


def register_answers(relation: str) -> None:
    """Called once by the app that asks, when the application is ready."""
    if relation not in _answers:
        _answers.append(relation)


def answers() -> str:
    """Every answer of the year, as one relation."""
    return " UNION ALL ".join([_NOBODY, *_answers])
