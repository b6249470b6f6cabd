"""Addresses of nominations and invitations, under ``/t/<slug>/nominations/``."""

from django.urls import path

from advocates.joining.pages import decide, invite, lists, propose

app_name = "nominations"

urlpatterns = [
    path("", lists.MyNominations.as_view(), name="list"),
    path("to-decide/", lists.ToDecide.as_view(), name="to-decide"),
    path("all/", lists.AllNominations.as_view(), name="all"),
    path("new/", propose.Nominate.as_view(), name="new"),
    path("criteria/", propose.CriteriaFragment.as_view(), name="criteria"),
    path("<uuid:pk>/", decide.NominationDetail.as_view(), name="detail"),
    path("<uuid:pk>/accept/", decide.Accept.as_view(), name="accept"),
    path("<uuid:pk>/return/", decide.Return.as_view(), name="return"),
    path("<uuid:pk>/withdraw/", decide.Withdraw.as_view(), name="withdraw"),
    path("<uuid:pk>/acknowledge/", decide.Acknowledge.as_view(), name="acknowledge"),
    path("cultivate/<uuid:pk>/", invite.Cultivate.as_view(), name="cultivate"),
    path("invite/<uuid:pk>/", invite.Invite.as_view(), name="invite"),
    path("invite/<uuid:pk>/again/", invite.ResendInvitation.as_view(), name="invite-again"),
    path("invite/<uuid:pk>/withdraw/", invite.WithdrawInvitation.as_view(), name="invite-withdraw"),
]
