"""Addresses of the requests app: of members, behind a personal link, and of shares."""

from django.urls import include, path

from requests.allocation.pages import Allocation
from requests.approvals import portal as approving
from requests.asks import one_ask, person, portal, say_link
from requests.asks import pages as asks
from requests.briefings.portal import BriefingPage
from requests.browsing.pages import Browse
from requests.case_subjects.pages import CaseSubjects
from requests.evidence.pages import AnsweredByContent
from requests.forecasts.pages import Forecasts
from requests.matching import pages as matching
from requests.matching import weight_pages as weights
from requests.requests import answering, deal_picker, editing, lists, several
from requests.requests import pages as requests
from requests.requests import triage_pages as triage
from requests.scheduling import pages as times
from requests.scheduling import portal as booking
from requests.shares.portal import SharedFile, SharePage
from requests.supply.pages import SupplyAndDemand

_pages = [
    path("", lists.RequestList.as_view(), name="list"),
    path("mine/", lists.MyRequests.as_view(), name="mine"),
    path("all/", lists.AllRequests.as_view(), name="all"),
    path("take-up/", several.TakeUpMany.as_view(), name="take-up-many"),
    path("hand-over/", several.AssignMany.as_view(), name="assign-many"),
    path("new/", editing.NewRequest.as_view(), name="new"),
    path("new/opportunities/", deal_picker.FindOpportunities.as_view(), name="opportunities"),
    path("allocation/", Allocation.as_view(), name="allocation"),
    path("browse/", Browse.as_view(), name="browse"),
    path("supply/", SupplyAndDemand.as_view(), name="supply"),
    path("case-subjects/", CaseSubjects.as_view(), name="case-subjects"),
    path("forecasts/", Forecasts.as_view(), name="forecasts"),
    path("<uuid:pk>/", requests.RequestPage.as_view(), name="detail"),
    path("<uuid:pk>/edit/", editing.EditRequest.as_view(), name="edit"),
    path("<uuid:pk>/submit/", triage.Submit.as_view(), name="submit"),
    path("<uuid:pk>/review/", triage.Review.as_view(), name="review"),
    path("<uuid:pk>/reopen/", triage.Reopen.as_view(), name="reopen"),
    path("<uuid:pk>/assign/", triage.Assign.as_view(), name="assign"),
    path("<uuid:pk>/ask-for-info/", triage.AskForInfo.as_view(), name="ask-for-info"),
    path("<uuid:pk>/give-info/", triage.GiveInfo.as_view(), name="give-info"),
    path("<uuid:pk>/decline/", triage.Decline.as_view(), name="decline"),
    path("<uuid:pk>/cancel/", triage.Cancel.as_view(), name="cancel"),
    path("<uuid:pk>/accept-fewer/", triage.AcceptFewer.as_view(), name="accept-fewer"),
    path(
        "<uuid:pk>/answered-by-content/",
        AnsweredByContent.as_view(),
        name="answered-by-content",
    ),
    path("<uuid:pk>/close/", triage.Close.as_view(), name="close"),
    path("<uuid:pk>/time-zone/", times.ProspectZone.as_view(), name="time-zone"),
    path("<uuid:pk>/totals/", matching.TotalsPage.as_view(), name="totals"),
    path("<uuid:pk>/people/<uuid:advocate>/", matching.MatchPage.as_view(), name="match"),
    path("<uuid:pk>/why-not/", matching.WhyNot.as_view(), name="why-not"),
    path("<uuid:pk>/draft/", asks.DraftAsks.as_view(), name="draft"),
    path("asks/of/<uuid:pk>/", person.AskPerson.as_view(), name="ask-person"),
    path("asks/<uuid:pk>/say/", one_ask.Say.as_view(), name="say"),
    path("asks/<uuid:pk>/withdraw/", one_ask.Withdraw.as_view(), name="withdraw"),
    path("asks/<uuid:pk>/answer/", one_ask.AnswerFor.as_view(), name="answer-for"),
    path("asks/<uuid:pk>/reveal/", one_ask.Reveal.as_view(), name="reveal"),
    path("asks/<uuid:pk>/schedule/", times.Schedule.as_view(), name="schedule"),
    path("asks/<uuid:pk>/pick/<uuid:slot>/", times.PickSlot.as_view(), name="pick"),
    path("asks/<uuid:pk>/undo/", times.UndoBooking.as_view(), name="undo-booking"),
    path("asks/<uuid:pk>/ask-for-times/", times.AskForTimes.as_view(), name="ask-for-times"),
    path("asks/<uuid:pk>/choose/", times.LetThemChoose.as_view(), name="let-them-choose"),
]

_settings = [
    path("", weights.GeneralWeights.as_view(), name="general-weights"),
    path("types/", weights.TypesWithWeights.as_view(), name="weights"),
    path("<slug:code>/", weights.Weights.as_view(), name="type-weights"),
    path("<slug:code>/reset/", weights.ResetWeights.as_view(), name="reset-weights"),
]

tenant_patterns = [
    path(
        "",
        include(
            (
                [
                    path("requests/", include(_pages)),
                    path("settings/matching/", include(_settings)),
                ],
                "requests",
            )
        ),
    ),
]

#: Behind a personal link.
link_patterns = [
    path("ask/", portal.AskPage.as_view(), name="ask"),
    path("ask/briefing/", BriefingPage.as_view(), name="ask-briefing"),
    path("say/", say_link.SayPage.as_view(), name="ask-say"),
    path("booking/", booking.BookingPage.as_view(), name="booking"),
    path("approval/", approving.ApprovalLinkPage.as_view(), name="approval"),
    path("answer/", answering.AnswerPage.as_view(), name="request-answer"),
]

#: What a prospect was sent: a link of its own kind, without anybody's name in the address.
entrance_patterns = [
    path("s/<str:secret>/", SharePage.as_view(), name="share"),
    path("s/<str:secret>/file/", SharedFile.as_view(), name="share-file"),
]
