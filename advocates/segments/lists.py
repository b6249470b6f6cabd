"""The lists of which there are segments."""

from advocates.accounts.filters import AccountFilter
from advocates.accounts.selectors import listed_accounts
from advocates.people.filters import AdvocateFilter, CandidateFilter
from advocates.people.selectors import candidate_advocates, enrolled_advocates, listed_advocates
from advocates.segments.lifecycle import SegmentOf
from advocates.segments.narrowing import Listed, register_list


def register() -> None:
    """Called once, when the application is ready."""
    for of, rows, filters, url_name in (
        (SegmentOf.MEMBERS, enrolled_advocates, AdvocateFilter, "advocates:list"),
        (SegmentOf.CANDIDATES, candidate_advocates, CandidateFilter, "advocates:candidates"),
        (SegmentOf.EVERYBODY, listed_advocates, AdvocateFilter, "advocates:everybody"),
        (SegmentOf.ACCOUNTS, listed_accounts, AccountFilter, "accounts:list"),
    ):
        register_list(of, Listed(rows, filters, url_name))
