"""Evidence is found by a question in plain words (EVD-1)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from activities.activities.models import Activity
from activities.assets.models import Asset
from activities.assets.services import begin_asset, update_asset
from activities.evidence.indexing import index_everything, index_missing
from activities.evidence.languages import STOP_WORDS, language_of, stem
from activities.evidence.models import Passage, PassageTerm
from activities.evidence.passages import LONGEST, cut
from activities.evidence.presentation import freshness_of
from activities.evidence.selectors import Wanted, find_evidence
from activities.evidence.terms import asked_in, marked, words_in
from advocacy import clock as product_clock
from advocacy.search.folding import fold
from advocacy.tenancy.models import Membership
from advocates.models import Advocate, Consent, Outcome
from advocates.people.outcomes import add_outcome, remove_outcome
from advocates.people.privacy import erase_advocate
from tests.factories.advocates import AccountFactory, AdvocateFactory
from tests.factories.assets import AssetFactory
from tests.support.program import Program
from tests.support.rest import api_for

pytestmark = pytest.mark.django_db


def consent(advocate: Advocate, **more: Any) -> Consent:
    """Leave to quote them."""
    day = product_clock.today(advocate.tenant.zone)
    return Consent.objects.create(advocate=advocate, use="quote", given_on=day, **more)


def piece(body: str, *, published: bool = True, leave: bool = True, **more: Any) -> Asset:
    """A piece with its passages, in the library unless said otherwise."""
    asset = AssetFactory(body=body, published=published, **more)
    if leave:
        consent(asset.advocate)
    index_missing(asset.tenant_id)
    return asset


def titles(member: Membership, question: str, **more: Any) -> list[str]:
    return [hit.title for hit in find_evidence(member, Wanted(question, **more))]


def test_a_question_finds_the_passage_that_answers(
    program: Program, membership: Any, client_for: Any
) -> None:
    """EVD-1.a, EVD-1.b, EVD-1.c: outcomes, quotes and other content, ranked, each at the sentences
    that answer with the words marked; source, consent and freshness stand beside it, in the browser
    and over REST.
    """
    long = (
        "We are a family business of ninety years. Our planners sat in three buildings and wrote"
        " everything on paper, which nobody could read the next day, and we were used to it.\n\n"
        "Going live took eleven days in four plants. Nobody had to be trained for longer than an"
        " hour, and the night shift began by itself without anybody of the project being there."
    )
    study = piece(long, title="How Isdom plans", kind="case_study", language="en")
    piece("They answer the phone, always, and know what they talk about.", title="Friendly people")
    advocate = AdvocateFactory(account__industry="Energy")
    consent(advocate)
    add_outcome(
        actor=program.actor,
        advocate=advocate,
        metric="Cost of a delivery",
        before="14 €",
        after="9 €",
        narrative="We cut what a delivery costs by a third.",
        may_be_quoted=True,
    )
    sales = membership("sales")

    (first, *_rest) = find_evidence(sales, Wanted("How long does it take to go live?"))
    assert (first.asset, first.score) == (study, 1.0)
    assert first.passage.text.startswith("Going live took eleven days")
    assert "family business" not in first.passage.text
    assert [text for text, is_mark in first.pieces if is_mark] == ["live", "longer"]
    (first, *_rest) = find_evidence(sales, Wanted("By how much did deliveries cost less?"))
    assert first.kind == "outcome"
    # An industry of one customer is a name, told or asked for.
    assert (first.source, first.is_shareable) == ("Result · A customer", True)
    asked = Wanted("By how much did deliveries cost less?", industry="Energy")
    assert find_evidence(sales, asked) == []
    AccountFactory.create_batch(4, industry="Energy")
    (first, *_rest) = find_evidence(sales, asked)
    assert (first.source, first.is_shareable) == ("Result · A customer in Energy", True)
    assert freshness_of(first).startswith("recorded on")

    at = f"/t/{program.manager.tenant.slug}/evidence/"
    shown = client_for(sales).get(at, {"q": "how long to go live"}).content.decode()
    assert "How Isdom plans" in shown and "<mark>live</mark>" in shown
    assert "May be shared" in shown and "fresh, approved by the advocate on" in shown
    assert "Ranking by words" in shown and 'value="how long to go live"' in shown
    answer = api_for(sales).get("evidence/?q=how+long+to+go+live").json()
    assert answer["ranking"] == "words"
    row = answer["results"][0]
    assert (row["kind"], row["asset"], row["is_shareable"]) == ("case_study", str(study.pk), True)
    assert row["passage"].startswith("Going live") and "live" in row["found"]
    assert api_for(sales).get("evidence/").json() == {"ranking": "words", "results": []}
    assert api_for(sales).get("evidence/?q=live&language=xx").status_code == 400


def test_what_may_not_be_used_is_not_for_sales_and_says_why_to_the_program(
    program: Program, membership: Any, client_for: Any
) -> None:
    """EVD-1.b, EVD-1.c: without publication or leave it is nothing for sales, whatever they filter
    by; who may open advocates sees it as what may not be shared, and why.
    """
    text = "The migration of our archive took one weekend."
    ended = product_clock.today(program.manager.tenant.zone) - timedelta(days=1)
    piece(text, title="No leave", leave=False)
    over = piece(text, title="Leave is over", leave=False)
    consent(over.advocate, expires_on=ended)
    piece(text, title="A draft", published=False)
    piece(text, title="Good to use")
    silent = AdvocateFactory()
    add_outcome(
        actor=program.actor, advocate=silent, metric="Migration of the archive", after="a weekend"
    )
    sales, question = membership("sales"), "How long was the migration of the archive?"
    assert titles(sales, question) == ["Good to use"]

    hits = find_evidence(program.manager, Wanted(question))
    why = {hit.title: hit.why_not for hit in hits}
    assert why.keys() == {
        *("No leave", "Leave is over", "A draft", "Good to use"),
        "Migration of the archive a weekend",
    }
    assert why["Good to use"] == ""
    assert "not on record" in why["No leave"] and "has ended" in why["Leave is over"]
    assert "“Draft”" in why["A draft"]
    assert "may be quoted" in why["Migration of the archive a weekend"]
    assert titles(program.manager, question, shareable=True) == ["Good to use"]

    at = f"/t/{program.manager.tenant.slug}/evidence/"
    shown = client_for(program.manager).get(at, {"q": question}).content.decode()
    assert "May not be shared: " in shown and "No leave" in shown
    only = client_for(program.manager).get(at, {"q": question, "use": "now"}).content.decode()
    assert "May not be shared" not in only
    theirs = client_for(sales).get(at, {"q": question, "use": "", "shareable": ""}).content.decode()
    assert "May not be shared" not in theirs and "A draft" not in theirs
    rows = api_for(sales).get(f"evidence/?q={question}&shareable=false").json()["results"]
    assert [row["title"] for row in rows] == ["Good to use"]


def test_no_name_behind_an_anonymous_result(
    program: Program, membership: Any, client_for: Any
) -> None:
    """EVD-1.c, VIS-1.a: sales read a result as one of a customer in an industry; a story that names
    the person or the company is not for them, and its words find nothing.
    """
    someone = AdvocateFactory(
        first_name="Ottilie", last_name="Zwettler", account__name="PT Alpen Zirbenholz AG"
    )
    consent(someone)
    for metric, told in (
        ("Returns of parcels", "Ottilie halved them within a month."),
        ("Lost parcels", "Since then Zirbenholz loses none."),
        ("Late parcels", "Half as many are late."),
    ):
        add_outcome(
            actor=program.actor,
            advocate=someone,
            metric=metric,
            narrative=told,
            may_be_quoted=True,
        )
    sales = membership("sales")
    hits = find_evidence(sales, Wanted("parcels late returns lost"))
    told = " ".join(f"{h.title} {h.source} {h.passage.text}" for h in hits)
    assert "Late parcels" in told
    assert not re.search("Ottilie|Zwettler|Zirbenholz", told)
    for name in ("Ottilie", "Zwettler", "Zirbenholz"):
        assert find_evidence(sales, Wanted(name)) == []
    inside = find_evidence(program.manager, Wanted("parcels returns"))
    assert any("Zwettler, PT Alpen Zirbenholz AG" in hit.source for hit in inside)
    rows = api_for(sales).get("evidence/?q=parcels").json()["results"]
    assert rows and {row["advocate"] for row in rows} == {None}
    at = f"/t/{program.manager.tenant.slug}/evidence/"
    shown = client_for(sales).get(at, {"q": "parcels"}).content.decode()
    assert not re.search("Ottilie|Zwettler|Zirbenholz", shown)
    assert "/advocates/" not in shown.partition('id="evidence"')[2]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who reduced costs?", "reduction"),
        ("Wie viel Zeit wurde eingespart?", "gespart"),
        ("Berapa biaya yang dihemat?", "menghemat"),
        ("Adakah kos dapat dijimatkan?", "jimat"),
        ("Quanto a fabricação economizou?", "fabrica"),
    ],
)
def test_every_language_has_stems_and_small_words(
    program: Program, question: str, answer: str
) -> None:
    """EVD-1.d: in each of the five languages other forms of a word are found, and small words
    decide nothing.
    """
    asked = asked_in(question)
    assert any(stem(answer, language) in asked.terms for language in STOP_WORDS)
    small = STOP_WORDS[asked.language]
    assert not small & {next(iter(reversed(group))) for group in asked.groups}


def test_what_is_said_in_one_language_is_found_in_another(
    program: Program, membership: Any
) -> None:
    """EVD-1.d: full text in all five languages, accents and numbers; words of the same meaning lead
    from one to another, and a filter keeps to one.
    """
    piece(
        "Wir haben die Kosten unserer Logistik um 18 % gesenkt, und die Fehlerquote fiel.",
        title="Deutsch",
        language="de",
    )
    piece("Kami menghemat biaya pengiriman hingga 1.200 dolar.", title="Indonesia", language="id")
    piece("A implantação levou três semanas em São Paulo.", title="Português", language="pt-BR")
    piece("Our office plants are watered on time.", title="Nothing of it")
    sales = membership("sales")
    for question, wanted in (
        ("Wer hat Logistikkosten oder Kosten der Logistik gesenkt?", "Deutsch"),
        ("who cut logistics costs by 18 percent", "Deutsch"),
        ("berapa biaya yang dihemat", "Indonesia"),
        ("1,200", "Indonesia"),
        ("quanto tempo levou a implantacao em sao paulo", "Português"),
    ):
        assert titles(sales, question)[:1] == [wanted], question
    assert titles(sales, "costs", language="id") == ["Indonesia"]
    assert titles(sales, "zzzz qqqq") == []
    assert [language_of(words_in(text)) for text in ("wie viel ist das", "quanto custa o uso")] == [
        "de",
        "pt",
    ]


def test_terms_are_folded_as_the_database_folds(program: Program) -> None:
    """EVD-1.d: one way of folding, whoever does it."""
    for text in ("ÅNGSTRÖM Straße", "Łódź, İstanbul", "São João ﬁn", "Ærø Ŧ ŋ Σίσυφος"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT search_fold(%s)", [text])
            assert cursor.fetchone() == (fold(text),)


def test_passages_follow_what_they_are_of(program: Program) -> None:
    """EVD-1.a, ADV-3.b: written with the words and the results, changed and gone with them, whoever
    changes them; what was written past the services is made good for at night.
    """
    kept = {"actor": program.actor}
    asset = begin_asset(
        **kept, kind="quote", advocate=program.advocate, title="One", body="Wolves howl."
    )
    assert titles(program.manager, "wolves") == ["One"]
    asset = update_asset(**kept, asset=asset, body="Foxes bark.")
    assert (titles(program.manager, "wolves"), titles(program.manager, "fox")) == ([], ["One"])
    asset = update_asset(**kept, asset=asset, topic="Badgers")
    assert titles(program.manager, "badger") == ["One"]
    outcome = add_outcome(**kept, advocate=program.advocate, metric="Moles counted", after="12")
    assert titles(program.manager, "mole") == ["Moles counted 12"]

    Outcome.objects.filter(pk=outcome.pk).update(metric="Voles counted")
    assert titles(program.manager, "mole") == titles(program.manager, "vole") == []
    assert index_missing(program.manager.tenant_id) == 1
    assert titles(program.manager, "vole") == ["Voles counted 12"]
    before = sorted(PassageTerm.objects.values_list("term", "weight"))
    index_everything()
    assert sorted(PassageTerm.objects.values_list("term", "weight")) == before
    assert index_missing(program.manager.tenant_id) == 0
    remove_outcome(**kept, outcome=outcome.reload())
    assert not Passage.objects.filter(kind="outcome").exists()


def test_nothing_of_an_erased_person_is_found(program: Program) -> None:
    """EVD-1.b, GDPR-1: neither passages nor terms are left of them."""
    piece("Stoats were counted twice.", advocate=program.advocate)
    add_outcome(actor=program.actor, advocate=program.advocate, metric="Stoats", after="2")
    assert len(find_evidence(program.manager, Wanted("stoats"))) == 2
    Activity.objects.filter(advocate=program.advocate).delete()
    erase_advocate(
        actor=program.actor,
        advocate=program.advocate.reload(),
        name=program.advocate.name,
        reason="Asked for it",
    )
    index_missing(program.manager.tenant_id)
    assert not PassageTerm.objects.filter(term__contains="stoat").exists()
    assert not Passage.objects.filter(text__icontains="stoat").exists()


def test_passages_are_whole_sentences() -> None:
    """EVD-1.a: word for word, without markup, and none too long to read."""
    text = (
        "## Results\n\n- We cut **2.5 hours** a day, e.g. on Mondays. It held! "
        + "word " * 30
        + ". "
        + "Word " * 300
    )
    found = list(cut(text))
    assert found[0] == "Results"
    assert found[1].startswith("We cut 2.5 hours a day, e.g. on Mondays. It held! word word")
    assert all(len(each) <= LONGEST for each in found)
    assert "".join(found).replace(" ", "").lower().count("word") == 330
    pieces = marked("Costs fell by 2,500 euros.", asked_in("costs 2500"), "en")
    assert [each for each, is_mark in pieces if is_mark] == ["Costs", "2,500"]
    assert "".join(each for each, _mark in pieces) == "Costs fell by 2,500 euros."


def test_filters_stay_in_the_address_and_an_empty_page_says_what_to_do(
    program: Program, client_for: Any, membership: Any
) -> None:
    """EVD-1.a, EVD-1.f: what was asked survives a reload; odd input is no fault; nothing is asked
    of anybody outside (tests have no network).
    """
    at = f"/t/{program.manager.tenant.slug}/evidence/"
    client: Client = client_for(program.manager)
    assert "There is no evidence yet" in client.get(at).content.decode()
    piece("Swans swim.", title="Swans", advocate=AdvocateFactory(account__industry="Energy"))
    assert "Ask in your own words" in client.get(at).content.decode()
    asked = {"q": "swans", "kind": "quote", "industry": "Energy", "language": "en"}
    shown = client.get(at, asked).content.decode()
    assert "Swans" in shown
    for value in ("quote", "Energy", "en"):
        assert f'<option value="{value}" selected>' in shown
    assert "Nothing answers that yet" in client.get(at, {**asked, "kind": "video"}).content.decode()
    for odd in ({"q": "x" * 2_000}, {"q": "?!"}, {"kind": "nothing", "q": "swans"}):
        assert client.get(at, odd).status_code == 200
    found = client.get(f"/t/{program.manager.tenant.slug}/search/?q=swans swim").content.decode()
    assert "Search evidence for “swans swim”" in found and "evidence/?q=swans+swim" in found
