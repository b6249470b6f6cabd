"""Every write of the portal."""

from portal.services.links import (
    end_portal_links,
    follow_address,
    join_program,
    open_portal,
    send_portal_link,
)
from portal.services.sign_in import request_link
from portal.services.volunteering import offer_help

__all__ = [
    "end_portal_links",
    "follow_address",
    "join_program",
    "offer_help",
    "open_portal",
    "request_link",
    "send_portal_link",
]
