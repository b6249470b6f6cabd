"""The product's addresses with the development mailbox."""

from advocacy import urls as product
from advocacy.messaging.urls import mailbox_urlpatterns

urlpatterns = [*product.urlpatterns, *mailbox_urlpatterns]
