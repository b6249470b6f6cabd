"""Addresses of the advocates app, under ``/t/<slug>/``."""

from django.urls import URLPattern, URLResolver, include, path

from advocates.accounts import merge_pages as accounts_merging
from advocates.accounts import pages as accounts
from advocates.accounts import several as accounts_several
from advocates.accounts import strategic
from advocates.candidates import pages as candidates
from advocates.joining.pages import board
from advocates.onboarding import pages as onboarding
from advocates.people import actions as people
from advocates.people.pages import lists, merging, privacy, several
from advocates.people.pages import person as advocates
from advocates.program import involved
from advocates.program import pages as settings
from advocates.program.tiers import pages as tiers
from advocates.recruiting import pages as recruiting
from advocates.responsibilities import pages as responsibilities
from advocates.sponsors import pages as sponsors

_advocates = [
    path("", lists.AdvocateList.as_view(), name="list"),
    path("candidates/", lists.CandidateList.as_view(), name="candidates"),
    path("candidates/enrol/", several.EnrolMany.as_view(), name="enrol-many"),
    path("candidates/nominate/", candidates.NominateMany.as_view(), name="nominate-many"),
    path("candidates/dismiss/", candidates.DismissMany.as_view(), name="dismiss-many"),
    path("pipeline/", board.Board.as_view(), name="pipeline"),
    path("everybody/", lists.EverybodyList.as_view(), name="everybody"),
    path("several/pause/", several.PauseMany.as_view(), name="pause-many"),
    path("several/resume/", several.ResumeMany.as_view(), name="resume-many"),
    path("new/", advocates.AdvocateNew.as_view(), name="new"),
    path("<uuid:pk>/", advocates.AdvocateDetail.as_view(), name="detail"),
    path("<uuid:pk>/score/", candidates.CandidateScore.as_view(), name="score"),
    path("<uuid:pk>/edit/", advocates.AdvocateEdit.as_view(), name="edit"),
    path("<uuid:pk>/write/", people.Write.as_view(), name="write"),
    path("<uuid:pk>/sponsor/", sponsors.Sponsor.as_view(), name="sponsor"),
    path("<uuid:pk>/sheet/", sponsors.SheetPage.as_view(), name="sheet"),
    path("<uuid:pk>/held/", privacy.Held.as_view(), name="held"),
    path("<uuid:pk>/held/file/", privacy.HeldFile.as_view(), name="held-file"),
    path("<uuid:pk>/erase/", privacy.Erase.as_view(), name="erase"),
    path("<uuid:pk>/merge/", merging.MergeChoose.as_view(), name="merge"),
    path("<uuid:pk>/merge/<uuid:other>/", merging.Merge.as_view(), name="merge-with"),
    path("<uuid:pk>/enrol/", people.Enrol.as_view(), name="enrol"),
    path("<uuid:pk>/pause/", people.Pause.as_view(), name="pause"),
    path("<uuid:pk>/resume/", people.Resume.as_view(), name="resume"),
    path("<uuid:pk>/retire/", people.Retire.as_view(), name="retire"),
    path("<uuid:pk>/steps/<slug:step>/", onboarding.Tick.as_view(), name="tick"),
    path("<uuid:pk>/steps/<slug:step>/undo/", onboarding.Untick.as_view(), name="untick"),
    path("<uuid:pk>/preferences/", people.Preferences.as_view(), name="preferences"),
    path("<uuid:pk>/outcomes/new/", people.AddOutcome.as_view(), name="outcome-new"),
    path(
        "<uuid:pk>/outcomes/<uuid:outcome>/remove/",
        people.RemoveOutcome.as_view(),
        name="outcome-remove",
    ),
    path("<uuid:pk>/consents/new/", people.AddConsent.as_view(), name="consent-new"),
    path(
        "<uuid:pk>/consents/<uuid:consent>/withdraw/",
        people.WithdrawConsent.as_view(),
        name="consent-withdraw",
    ),
]

_accounts = [
    path("", accounts.AccountList.as_view(), name="list"),
    path("several/owner/", accounts_several.AssignOwner.as_view(), name="owner-many"),
    path("several/hold/", accounts_several.HoldMany.as_view(), name="hold-many"),
    path("several/lift/", accounts_several.LiftMany.as_view(), name="lift-many"),
    path("strategic/", strategic.StrategicAccounts.as_view(), name="strategic"),
    path("new/", accounts.AccountNew.as_view(), name="new"),
    path("<uuid:pk>/", accounts.AccountDetail.as_view(), name="detail"),
    path("<uuid:pk>/edit/", accounts.AccountEdit.as_view(), name="edit"),
    path("<uuid:pk>/merge/", accounts_merging.MergeChoose.as_view(), name="merge"),
    path("<uuid:pk>/merge/<uuid:other>/", accounts_merging.Merge.as_view(), name="merge-with"),
    path("<uuid:pk>/hold/", accounts.AccountHold.as_view(), name="hold"),
    path("<uuid:pk>/hold/lift/", accounts.LiftHold.as_view(), name="hold-lift"),
    path("<uuid:pk>/contract/new/", accounts.AddRevenue.as_view(), name="revenue-new"),
    path("<uuid:pk>/ids/new/", accounts.AddIdentifier.as_view(), name="identifier-new"),
    path(
        "<uuid:pk>/ids/<uuid:identifier>/remove/",
        accounts.RemoveIdentifier.as_view(),
        name="identifier-remove",
    ),
]

#: Outside any tenant: what somebody hands to their employer.
entrance_patterns = [
    path(
        "involved/<slug:slug>/<slug:code>/",
        involved.WhatIsInvolved.as_view(),
        name="what-is-involved",
    ),
]

tenant_patterns: list[URLPattern | URLResolver] = [
    path("advocates/", include((_advocates, "advocates"))),
    path("accounts/", include((_accounts, "accounts"))),
    path("protection/", settings.ProtectionPage.as_view(), name="protection"),
    path("tiers/", tiers.Tiers.as_view(), name="tiers"),
    path(
        "settings/activity-types/", settings.ActivityTypes.as_view(), name="settings-activity-types"
    ),
    path(
        "settings/activity-types/new/", settings.ActivityTypeNew.as_view(), name="activity-type-new"
    ),
    path(
        "settings/activity-types/<uuid:pk>/",
        settings.ActivityTypeEdit.as_view(),
        name="activity-type",
    ),
    path(
        "settings/activity-types/<uuid:pk>/recruitment/",
        recruiting.TemplateEdit.as_view(),
        name="activity-type-recruitment",
    ),
    path(
        "settings/who-does-what/",
        responsibilities.WhoDoesWhat.as_view(),
        name="who-does-what",
    ),
    path("settings/who-does-what/program/", responsibilities.ProgramPage.as_view(), name="program"),
    path(
        "settings/who-does-what/every-type/",
        responsibilities.Roles.as_view(),
        name="responsibilities",
    ),
    path(
        "settings/who-does-what/<slug:code>/",
        responsibilities.Roles.as_view(),
        name="type-responsibilities",
    ),
]
