"""The badges a tenant starts with; they wait until it switches points on (BEN-7.a)."""

from typing import Any

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from advocacy.events.models import Event
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.models import Tenant
from advocacy.tenancy.scope import current_tenant_id
from benefits.points.badges.models import Badge, Rule

#: Code, name, what for, rule, threshold, points.
BADGES: tuple[tuple[str, Any, Any, str, int, int], ...] = (
    ("first", _("First step"), _("Their first activity with us."), Rule.COMPLETED, 1, 10),
    ("five", _("High five"), _("Five activities."), Rule.COMPLETED, 5, 25),
    ("ten", _("Ten times"), _("Ten activities."), Rule.COMPLETED, 10, 50),
    ("all_round", _("All-rounder"), _("One of each effort."), Rule.EACH_EFFORT, 1, 50),
    ("volunteer", _("Hand up"), _("Offered to help unasked."), Rule.VOLUNTEERED, 1, 10),
    ("kinds", _("Many voices"), _("Four different kinds of activities."), Rule.KINDS, 4, 25),
)


def seed_badges() -> None:
    """Give the scope's tenant the starting badges, in its language; what is there stays."""
    tenant = Tenant.objects.get(pk=current_tenant_id())
    with translation.override(tenant.language):
        rows = [
            Badge(
                code=code,
                name=str(name),
                description=str(description),
                rule=rule,
                threshold=threshold,
                points=points,
            )
            for code, name, description, rule, threshold, points in BADGES
        ]
        Badge.objects.bulk_create(rows, ignore_conflicts=True)


def set_up_new_tenant(event: Event, subject: models.Model, actor: Actor) -> None:
    """Subscriber of ``tenant.created``."""
    seed_badges()
