"""Addresses of nominations and invitations, under ``/t/<slug>/nominations/``."""

from django.urls import path

from advocates.views import nominations as views

app_name = "nominations"

urlpatterns = [
    path("", views.MyNominations.as_view(), name="list"),
    path("to-decide/", views.ToDecide.as_view(), name="to-decide"),
    path("all/", views.AllNominations.as_view(), name="all"),
    path("new/", views.Nominate.as_view(), name="new"),
    path("criteria/", views.CriteriaFragment.as_view(), name="criteria"),
    path("<uuid:pk>/", views.NominationDetail.as_view(), name="detail"),
    path("<uuid:pk>/accept/", views.Accept.as_view(), name="accept"),
    path("<uuid:pk>/return/", views.Return.as_view(), name="return"),
    path("<uuid:pk>/withdraw/", views.Withdraw.as_view(), name="withdraw"),
    path("<uuid:pk>/acknowledge/", views.Acknowledge.as_view(), name="acknowledge"),
    path("cultivate/<uuid:pk>/", views.Cultivate.as_view(), name="cultivate"),
    path("invite/<uuid:pk>/", views.Invite.as_view(), name="invite"),
    path("invite/<uuid:pk>/again/", views.ResendInvitation.as_view(), name="invite-again"),
    path("invite/<uuid:pk>/withdraw/", views.WithdrawInvitation.as_view(), name="invite-withdraw"),
]
