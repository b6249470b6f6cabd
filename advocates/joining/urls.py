"""Addresses about nominations and invitations beside those of the manifest."""

from django.urls import path

from advocates.joining.pages import decide, invite, lists, propose

urlpatterns = [
    path("to-decide/", lists.ToDecide.as_view(), name="to-decide"),
    path("all/", lists.AllNominations.as_view(), name="all"),
    path("criteria/", propose.CriteriaFragment.as_view(), name="criteria"),
    path("<uuid:pk>/acknowledge/", decide.Acknowledge.as_view(), name="acknowledge"),
    path("cultivate/<uuid:pk>/", invite.Cultivate.as_view(), name="cultivate"),
    path("invite/<uuid:pk>/", invite.Invite.as_view(), name="invite"),
    path("invite/<uuid:pk>/again/", invite.ResendInvitation.as_view(), name="invite-again"),
    path("invite/<uuid:pk>/withdraw/", invite.WithdrawInvitation.as_view(), name="invite-withdraw"),
]
