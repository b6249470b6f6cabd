"""An authenticator app and a person who uses it."""

import base64
import re
from typing import Any

from django.test import Client
from django_otp.oath import TOTP

from advocacy import clock

TWO_STEP = "/t/acme/settings/profile/two-step/"


class App:
    """Shows the code of the moment for a secret."""

    def __init__(self, secret: str) -> None:
        self.key = base64.b32decode(secret.replace(" ", ""))

    def code(self, *, steps: int = 0) -> str:
        """The code now, or so many steps of 30 seconds later."""
        now = TOTP(self.key)
        now.time = clock.now().timestamp() + 30 * steps
        return f"{now.token():06d}"


def set_up(client: Client) -> tuple[App, list[str], Any]:
    """Turn two-step sign-in on in a signed-in browser: the app, the recovery codes, the answer."""
    client.post(f"{TWO_STEP}start/")
    page = client.get(f"{TWO_STEP}confirm/").content.decode()
    found = re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", page)
    assert found, page
    app = App(found[1])
    answer = client.post(f"{TWO_STEP}confirm/", {"code": app.code()})
    return app, codes_on(answer), answer


def codes_on(answer: Any) -> list[str]:
    """The recovery codes a page shows."""
    return re.findall(r"<code>([A-Z2-9-]{19})</code>", answer.content.decode())
