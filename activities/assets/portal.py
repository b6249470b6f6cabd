"""The advocate's page of one piece: answer, write, confirm (AST-1.c, AST-1.d, ID-3)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from activities.asset_approvals.selectors import text_of_version
from activities.asset_files.portal import files_part
from activities.assets import confirming
from activities.assets.choices import LINKED
from activities.assets.differences import differences
from activities.assets.forms import words_fields
from activities.assets.leave import uses_of
from activities.assets.lifecycle import AssetState
from activities.assets.links import OwnPiece
from activities.assets.models import Asset
from activities.assets.words import TYPED, has_text, parts_of, text_of
from advocacy.tenancy.actors import Actor
from advocacy.tenancy.errors import DomainError
from advocates.people.leave import leave_of


class AssetLinkPage(OwnPiece):
    """What stands there, and what they can do with it now."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As it is."""
        return self.show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take what they wrote or said; what is wrong is said, what was typed is kept."""
        said, actor = request.POST, Actor.advocate(self.asset.advocate_id)  # type: ignore[attr-defined]
        remark = said.get("remark", "")
        try:
            if "answer" in said:
                answers = [said.get(f"answer_{n}", "") for n in range(len(self.asset.questions))]
                confirming.answer_questions(
                    actor=actor, asset=self.asset, answers=answers, remark=remark
                )
            elif "confirm" in said:
                confirming.confirm_asset(
                    actor=actor,
                    asset=self.asset,
                    number=self.number,
                    is_honest="is_honest" in said,
                    may_publish="may_publish" in said,
                )
            elif "decline" in said:
                confirming.decline_asset(actor=actor, asset=self.asset, remark=remark)
            else:
                words = {name: said[name] for name in TYPED if name in said}
                confirming.write_words(
                    actor=actor, asset=self.asset, number=self.number, words=words, remark=remark
                )
        except DomainError as error:
            self.find(self.link)
            problem = "" if error.fields else error.message
            return self.show(
                status=error.status, problem=problem, problems=error.fields, typed=said
            )
        return HttpResponseRedirect(f"{request.path}?done=1")

    @property
    def number(self) -> int:
        """The version that was read."""
        said = self.request.POST.get("number", "")
        return int(said) if said.isdecimal() and len(said) < 9 else 0

    def show(
        self,
        *,
        status: int = 200,
        problem: str = "",
        problems: Any = None,
        typed: Any = None,
    ) -> HttpResponse:
        """The page."""
        asset, typed, problems = self.asset, typed or {}, problems or {}
        sender, leave = asset.owner, leave_of(asset.advocate)
        before = text_of_version(asset, asset.seen_number)
        now = text_of(asset)
        is_review = asset.state == AssetState.REVIEW
        context = {
            "asset": asset,
            "given": asset.advocate.first_name or asset.advocate.name,
            "sender": sender.name if sender else "",
            "is_writable": asset.state in confirming.WRITABLE,
            "is_review": is_review,
            "is_done": "done" in self.request.GET and status == 200,
            "has_text": has_text(asset),
            "parts": parts_of(asset),
            "pieces": differences(before, now) if before and before != now else [],
            "questions": self._questions(typed),
            "fields": self._fields(typed, problems),
            "remark": typed.get("remark", ""),
            "wants_leave": any(not leave.given(use) for use in uses_of(asset)),
            "problem": problem,
            "problems": problems,
            "where": where_words(asset),
            **files_part(asset, self.request.path),
        }
        return self.show_page("activities/portal/asset.html", status=status, **context)

    def _questions(self, typed: Any) -> list[dict[str, Any]]:
        answers = [*self.asset.answers, *[""] * len(self.asset.questions)]
        return [
            {
                "name": f"answer_{at}",
                "question": question,
                "answer": typed.get(f"answer_{at}", answers[at]),
            }
            for at, question in enumerate(self.asset.questions)
        ]

    def _fields(self, typed: Any, problems: Any) -> list[dict[str, Any]]:
        """What they can write, with what stands there."""
        kind = self.asset.kind
        names = [name for name in words_fields(kind) if name not in ("title", "url")]
        if kind in LINKED or not has_text(self.asset) or self.asset.url:
            names.append("url")
        columns: Any = {column.name: column for column in Asset._meta.concrete_fields}
        return [
            {
                "name": name,
                "label": _("Link to a video or recording")
                if name == "url"
                else columns[name].verbose_name,
                "value": typed.get(name, getattr(self.asset, name)),
                "problem": problems.get(name, ""),
                "is_line": name in ("attribution", "url"),
                "longest": columns[name].max_length,
            }
            for name in names
        ]


def where_words(asset: Asset) -> str:
    """How far it is, once there is nothing more to write."""
    return {
        AssetState.APPROVALS: _("Thank you. Now the others look at it who have to say yes."),
        AssetState.APPROVED: _("Thank you. Everybody said yes; it is published soon."),
        AssetState.PUBLISHED: _("Thank you. It is published, exactly like this."),
        AssetState.RETIRED: _("It is not used any more."),
    }.get(AssetState(asset.state), "")
