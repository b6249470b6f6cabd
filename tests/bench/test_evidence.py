"""Evidence search answers better than a count of shared words (EVD-1)."""

import pytest

from advocacy.tenancy.models import Tenant
from bench.evidence import hits, table
from bench.evidence_cases import around, cases

pytestmark = pytest.mark.django_db


def test_the_answer_is_among_the_first_three(scope: Tenant) -> None:
    """EVD-1.a, EVD-1.d: of sixty questions in five languages over some hundred passages, at least
    two of three; and twenty more than by shared words.
    """
    assert len(cases()) == 60
    assert len({text for _language, text in around(2_000)}) == 2_000
    found = hits(400)
    asked, ours, floor = map(sum, zip(*found.values(), strict=True))
    assert asked == 60
    assert ours >= 40, table(found)
    assert ours >= floor + 20, table(found)
