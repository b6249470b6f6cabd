"""How often somebody may try to show who they are, and showing the present password (ID-4)."""

from django.utils.translation import gettext as _

from advocacy.tenancy.errors import DomainError
from advocacy.tenancy.models import User
from advocacy.tenancy.throttling import Limit, give_back, require_attempt

LINKS_PER_ADDRESS = Limit("link-address", 4)
LINKS_PER_MACHINE = Limit("link-machine", 20)
LINKS_OPENED_PER_MACHINE = Limit("link-opened", 40)
#: Wrong passwords and codes of one machine, whoever's they are. An office behind one address has
#: room for its typing errors; who tries one password with many accounts has not.
FAILURES_PER_MACHINE = Limit("sign-in-machine", 50)
#: Wrong passwords and codes of one person who is known already, taken together.
CHECKS_PER_PERSON = Limit("second-factor", 5)


def prove_password(*, user: User, password: str, field: str) -> None:
    """Have somebody who is signed in show the present password.

    A wrong one stays counted, so this must run before, and outside of, what it guards: a
    transaction that is undone would undo the count. Raises :class:`DomainError` at ``field`` for
    a wrong password, :class:`TooManyAttempts` after five wrong passwords or codes within a quarter
    of an hour, for right ones too.
    """
    require_attempt(CHECKS_PER_PERSON, str(user.pk))
    if not user.check_password(password):
        message = _("This is not your present password.")
        raise DomainError(message, code="wrong_password", fields={field: message})
    # Only this one: who knows the password gets no fresh tries at the code by showing it.
    give_back(CHECKS_PER_PERSON, str(user.pk))
