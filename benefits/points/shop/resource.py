"""The manifest of the reward shop (BEN-7.c)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from advocacy.records.resource import Resource
from benefits.points.shop import api, pages, selectors, services
from benefits.points.shop.models import ShopItem
from benefits.tabs import BenefitsList

SHOP_ITEMS = Resource(
    name="shop-items",
    model=ShopItem,
    subject="item",
    title=_("Reward shop"),
    answer=ngettext_lazy("%(count)s reward", "%(count)s rewards", "n"),
    new_label=_("Add a reward"),
    icon="shopping-bag",
    nav_item="benefits",
    view="points.view",
    edit="shop.edit",
    listed=lambda member: selectors.listed_items(member).select_related("tenant"),
    table=pages.ItemTable,
    search=("benefit__name",),
    form=pages.ItemForm,
    about=lambda item: item.benefit.get_category_display(),
    facts=pages.facts_of,
    pages={"list": BenefitsList},
    empty_text=_("Put benefits of the catalogue here, each for so many points."),
    create=services.put_in_shop,
    update=services.update_item,
    verbs={
        "shop_item.added": (_("added a reward"), "shopping-bag", "info"),
        "shop_item.changed": (_("changed a reward"), "pencil", "neutral"),
    },
    serializer=api.ShopItemSerializer,
    api=api.ShopApi,
    api_fields=api.ShopItemSerializer.SHOWN,
    api_filters=("benefit", "is_on"),
    api_ordering=("created_at", "id"),
    named_by=("benefit",),
)
