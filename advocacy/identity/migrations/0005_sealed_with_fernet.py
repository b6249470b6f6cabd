"""Secrets of authenticator apps are sealed with Fernet, in place of a cipher of our own.

Everything that opens and seals is written out here as it was when this was written. A secret whose
key is not in the settings keeps its old words: nothing opens them, and when the key is back, undoing
this migration and applying it again does.
"""

import base64
import hmac
import logging

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import migrations, models
from django.utils.crypto import salted_hmac

log = logging.getLogger(__name__)

PAD_SALT = "advocacy.people.second-factor.pad"
SEAL_SALT = "advocacy.people.second-factor.seal"
FERNET_SALT = "advocacy.identity.second-factor"
#: Between the two old columns of a secret nobody can open. No Fernet token has one.
BETWEEN = ":"


def keys():
    return [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]


def mac(salt, text, key):
    return salted_hmac(salt, text, secret=key, algorithm="sha256").digest()


def padded(pk, key, value):
    return bytes(a ^ b for a, b in zip(value, mac(PAD_SALT, str(pk), key), strict=False))


def seal_of(pk, key, secret):
    return mac(SEAL_SALT, f"{pk}:{secret.hex()}", key).hex()


def opened(pk, sealed, seal):
    for key in keys():
        secret = padded(pk, key, bytes.fromhex(sealed))
        if hmac.compare_digest(seal_of(pk, key, secret), seal):
            return secret
    return None


def cipher(pk):
    macs = [mac(FERNET_SALT, str(pk), key) for key in keys()]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(each)) for each in macs])


def forward(apps, schema_editor):
    for factor in factors(apps, schema_editor):
        secret = opened(factor.pk, factor.sealed, factor.seal)
        if secret is None:
            factor.sealed = f"{factor.sealed}{BETWEEN}{factor.seal}"
            say_unusable(factor.pk)
        else:
            factor.sealed = cipher(factor.pk).encrypt(secret).decode()
        factor.save(update_fields=["sealed"])


def back(apps, schema_editor):
    for factor in factors(apps, schema_editor):
        if BETWEEN in factor.sealed:
            factor.sealed, factor.seal = factor.sealed.split(BETWEEN)
        else:
            factor.sealed, factor.seal = sealed_of_old(factor.pk, factor.sealed)
        factor.save(update_fields=["sealed", "seal"])


def sealed_of_old(pk, token):
    try:
        secret = cipher(pk).decrypt(token)
    except InvalidToken:
        # The old column has no room for the token.
        say_unusable(pk)
        return "", ""
    key = settings.SECRET_KEY
    return padded(pk, key, secret).hex(), seal_of(pk, key, secret)


def factors(apps, schema_editor):
    model = apps.get_model("people", "SecondFactor")
    return model.objects.using(schema_editor.connection.alias).order_by("pk")


def say_unusable(pk):
    log.error(
        "the key of second factor %s is not in the settings any more: its person signs in with a"
        " recovery code, or after manage.py reset_second_factor, and sets the app up anew",
        pk,
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0004_attempts_moved")]

    operations = [
        migrations.AlterField("secondfactor", "sealed", models.CharField(max_length=200)),
        # With a default the column can come back into a table that has rows.
        migrations.AlterField("secondfactor", "seal", models.CharField(max_length=64, default="")),
        migrations.RunPython(forward, back),
        migrations.RemoveField("secondfactor", "seal"),
    ]
