"""E-mail addresses as mail programs and calendars write them."""


def written(email: str) -> str:
    """An address whose domain has letters beyond ASCII, with the domain as the wires know it
    (RFC 5891): ``jane@xn--mnchen-3ya.example``. What is no domain stays, for the server to refuse.
    """
    local, at, domain = email.rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        return email
