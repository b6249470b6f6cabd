"""Addresses about nominations and invitations beside those of the manifest."""

from django.urls import path

from advocates.joining.pages import decide, invite, lists, propose, steps

urlpatterns = [
    path("to-decide/", lists.ToDecide.as_view(), name="to-decide"),
    path("all/", lists.AllNominations.as_view(), name="all"),
    path("criteria/", propose.CriteriaFragment.as_view(), name="criteria"),
    path("<uuid:pk>/acknowledge/", decide.Acknowledge.as_view(), name="acknowledge"),
    path("qualify/<uuid:pk>/", steps.Qualify.as_view(), name="qualify"),
    path("not-yet/<uuid:pk>/", steps.SetBack.as_view(), name="set-back"),
    path("said-no/<uuid:pk>/", steps.Decline.as_view(), name="decline"),
    path("again/<uuid:pk>/", steps.Reconsider.as_view(), name="reconsider"),
    path("cultivate/<uuid:pk>/", steps.Cultivate.as_view(), name="cultivate"),
    path("invite/<uuid:pk>/", invite.Invite.as_view(), name="invite"),
    path("invite/<uuid:pk>/preview/", invite.InvitePreview.as_view(), name="invite-preview"),
    path("invite/<uuid:pk>/again/", invite.ResendInvitation.as_view(), name="invite-again"),
    path("invite/<uuid:pk>/withdraw/", invite.WithdrawInvitation.as_view(), name="invite-withdraw"),
]
