"""The product's addresses with the development mailbox."""

from advocacy import urls as product
from advocacy.mailroom.urls import mailbox_urlpatterns

urlpatterns = [*product.urlpatterns, *mailbox_urlpatterns]
