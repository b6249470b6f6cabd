"""What is derived from the server's key."""

import pytest
from cryptography.fernet import InvalidToken
from pytest_django.fixtures import Settings

from advocacy.tenancy import keys

#: Made by the code that ran before there was one derivation; people's mail and tables hold these.
ROW = "01890000-0000-7000-8000-000000000001"
SECRETS = [
    ("advocacy.messaging.personal-link", ROW, "AsvViUXJJhaJwIGBb7MlHO32nZvBALiGIOzcLsBgOUc"),
    (
        "advocacy.people.sign-in-link",
        f"sign_in:{ROW}",
        "nQvQ50KY7njOC8YUP2dguamgEnuWdWRi-agOog71FWo",
    ),
]
SIGNATURES = [
    (
        "advocacy.people.attempt.link-address",
        "a@example.com",
        "20ace7620d3295d363a13dfb03223ce18f8a5aa7b2a2efad354e84143a42939b",
    ),
    (
        "advocacy.events.anchor",
        "anchor",
        "0d850393f8ef5e2641f8d42455dd4ce639792975e2a175cddcde26fe1b786973",
    ),
]
OLD = "k" * 50


def test_what_is_out_was_made_by_the_same_derivation(settings: Settings) -> None:
    """ID-3, AUD-2: links in people's mail, counted attempts and anchors stay what they were."""
    settings.SECRET_KEY = OLD
    assert [keys.secret_for(salt, text) for salt, text, _made in SECRETS] == [
        made for _salt, _text, made in SECRETS
    ]
    assert [keys.signature(salt, text) for salt, text, _made in SIGNATURES] == [
        made for _salt, _text, made in SIGNATURES
    ]


def test_an_older_key_counts_while_it_is_in_the_settings(settings: Settings) -> None:
    """ID-3: the newest makes, every one of the settings is known, one that is gone is not."""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, ["m" * 50, OLD]
    for salt, text, made in SECRETS:
        assert keys.secret_for(salt, text) != made
        assert keys.secret_behind(salt, text, keys.secret_digest(made)) == made
        assert keys.secret_behind(salt, f"{text}.", keys.secret_digest(made)) is None
    for salt, text, made in SIGNATURES:
        assert keys.is_signed(salt, text, made)
        assert not keys.is_signed(f"{salt}.", text, made)
    settings.SECRET_KEY_FALLBACKS = ["m" * 50]
    for salt, text, made in SECRETS:
        assert keys.secret_behind(salt, text, keys.secret_digest(made)) is None
    for salt, text, made in SIGNATURES:
        assert not keys.is_signed(salt, text, made)


def test_a_sealed_column_opens_in_its_row_only(settings: Settings) -> None:
    """ID-4: neither elsewhere, nor for another purpose, nor changed, nor without its key."""
    token = keys.cipher("column", "row").encrypt(b"secret").decode()
    assert "secret" not in token
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [settings.SECRET_KEY]
    assert keys.cipher("column", "row").decrypt(token) == b"secret"
    moved = keys.cipher("column", "row").rotate(token).decode()
    changed = token[:60] + ("A" if token[60] != "A" else "B") + token[61:]
    for salt, text, given in (
        ("column", "another", token),
        ("another", "row", token),
        ("column", "row", changed),
    ):
        with pytest.raises(InvalidToken):
            keys.cipher(salt, text).decrypt(given)
    settings.SECRET_KEY_FALLBACKS = []
    assert keys.cipher("column", "row").decrypt(moved) == b"secret"
    with pytest.raises(InvalidToken):
        keys.cipher("column", "row").decrypt(token)
