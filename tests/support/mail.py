"""Mail servers to test against: one that answers as told, and a real SMTP one on this machine."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import ClassVar

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage as DjangoEmail

from advocacy.identity.account_mail import SWEEP, request_account_mail
from advocacy.identity.models import AccountMailPurpose
from advocacy.tenancy.sweeps import run_sweep


class TellingBackend(BaseEmailBackend):
    """Calls :attr:`answer` for each mail; what it raises is the server's answer."""

    sent: ClassVar[list[DjangoEmail]] = []
    answer: ClassVar[Callable[[DjangoEmail], object]]

    def send_messages(self, email_messages: list[DjangoEmail]) -> int:  # type: ignore[override]
        for message in email_messages:
            type(self).answer(message)
            type(self).sent.append(message)
        return len(email_messages)


class SmtpSink:
    """A minimal SMTP server that keeps what it accepts."""

    def __init__(self, delay: float) -> None:
        self.delay = delay
        self.messages: list[EmailMessage] = []
        self.port = 0

    @property
    def ids(self) -> Counter[str]:
        """How often each Message-ID arrived."""
        return Counter(str(message["Message-ID"]) for message in self.messages)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client's conversation (RFC 5321, the few commands ``smtplib`` uses)."""

        async def say(line: str) -> None:
            writer.write(line.encode() + b"\r\n")
            await writer.drain()

        try:
            await say("220 sink")
            while line := await reader.readline():
                command = line.strip().upper()
                if command == b"DATA":
                    await say("354 go on")
                    lines = []
                    while (part := await reader.readline()) not in {b".\r\n", b""}:
                        lines.append(part.removeprefix(b"."))
                    await asyncio.sleep(self.delay)
                    text = b"".join(lines)
                    message = message_from_bytes(text, policy=policy.default)
                    self.messages.append(message)  # type: ignore[arg-type]
                    await say("250 kept")
                elif command == b"QUIT":
                    await say("221 bye")
                    return
                else:
                    await say("250 sink")
        except ConnectionError:
            return
        finally:
            writer.close()


@contextmanager
def smtp_sink(*, delay: float = 0) -> Iterator[SmtpSink]:
    """A sink on a free port of 127.0.0.1; ``delay`` is how long it thinks about each mail."""
    sink = SmtpSink(delay)
    loop = asyncio.new_event_loop()
    # All of it in its own thread: this one may have a browser's loop.
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    started = asyncio.start_server(sink.talk, "127.0.0.1", 0)
    server = asyncio.run_coroutine_threadsafe(started, loop).result()
    sink.port = server.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        asyncio.run_coroutine_threadsafe(_hang_up(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _hang_up(server: asyncio.Server) -> None:
    server.close()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    await asyncio.sleep(0)


def sweep_account_mail() -> list[DjangoEmail]:
    """Send what is due about accounts; the mails that went out now."""
    before = len(mail.outbox)
    assert run_sweep(SWEEP) == 0
    return list(mail.outbox[before:])


def mailed_secret(email: str) -> str:
    """The secret in a link to sign in, as it arrives in the person's mail."""
    request_account_mail(email=email, purpose=AccountMailPurpose.SIGN_IN, language="en")
    body = str(sweep_account_mail()[-1].body)
    return body.partition("/sign-in/link/")[2].partition("/")[0]
