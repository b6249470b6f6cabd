"""What the words of a language are (THX-3).

A draft is a letter from one person to another, so it is written by hand per language instead of
translated sentence by sentence.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a letter says about an activity, by the code of its type, and of what came of it.

    ``done`` reads on after "thank you for". ``joints`` lead from there to a company, event or
    site, for the types where naming it makes sense. ``won``, ``lost`` and ``promise`` are
    sentences; the last is for when nothing is known yet. ``out`` says that something is out, by
    what (``CameOut``), ``seen_at`` where.
    """

    done: dict[str, str]
    other: str
    joints: dict[str, str]
    minutes: str
    hours: str
    won: str
    won_whom: str
    lost: str
    promise: str
    out: dict[str, str]
    seen_at: str

    def what(self, code: str, name: str, whom: str) -> str:
        """ "the reference call with Example Ltd"."""
        done = self.done.get(code) or self.other.format(name=name)
        joint = self.joints.get(code)
        return f"{done} {joint} {whom}" if whom and joint else done

    def time(self, minutes: int | None) -> str:
        """ "35 minutes", "3 hours"; nothing where nobody wrote it down."""
        if not minutes:
            return ""
        if minutes >= 120 and minutes % 60 == 0:
            return self.hours.format(count=minutes // 60)
        return self.minutes.format(count=minutes)

    def outcome(self, outcome: str, whom: str) -> str:
        """How the deal ended; nothing while it has not."""
        if outcome == "won":
            return self.won_whom.format(whom=whom) if whom else self.won
        return self.lost if outcome == "lost" else ""

    def came_out(self, what: str, url: str) -> str:
        """That it is out, and where; nothing where nothing came out."""
        said = self.out.get(what, "")
        return f"{said} {self.seen_at.format(url=url)}" if said and url else said
