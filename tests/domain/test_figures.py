"""Key figures: what is counted, what is left out, and that ratios keep both numbers."""

from inspector.base.i18n import translator
from inspector.domain.catalogues import Checklist, Item
from inspector.domain.entities import (
    Answer,
    Event,
    Evidence,
    Finding,
    HeadCount,
    Round,
    Sweep,
    Wait,
)
from inspector.domain.figures import Figure, Ratio, Tally, figures
from inspector.domain.vocabulary import (
    Acquisition,
    AnswerType,
    Conformity,
    EventKind,
    FindingOutcome,
    WaitOutcome,
    WindowState,
)
from tests.support.visits import at, record, sighting


def numbers(figure):
    """Return a figure's numbers without its scope."""
    if isinstance(figure, Ratio):
        return (figure.n, figure.d)
    if isinstance(figure, Tally):
        return {kind: count for kind, count in figure.counts if count}
    return figure.value


def item(code, applies_to):
    return Item(
        code=code,
        section="S01",
        section_zh="",
        section_en="",
        zh="",
        en="",
        phase="B",
        method="observe",
        answer_type=AnswerType.YES_NO,
        unit="",
        pass_rule="yes",
        evidence="none",
        severity=1,
        situation_hint="",
        source="",
        confidence="A",
        applies_to=applies_to,
    )


CHECKLIST = Checklist(
    code="hall",
    version="1",
    zh="",
    en="",
    valid_from="",
    valid_to="",
    sha256="",
    items=(item("a", "HTV"), item("b", "H"), item("c", "TV"), item("d", "HT")),
)


def test_answers_by_conformity_and_items_by_level_of_the_place():
    answers = (
        Answer(id="1", item="a", conformity=Conformity.CONFORMS),
        Answer(id="2", item="a", conformity=Conformity.DOES_NOT_CONFORM, observer="wang"),
        Answer(id="3", item="b", conformity=Conformity.NOT_SEEN),
        Answer(id="4", item="c", conformity=Conformity.CONFORMS),
        Answer(id="5", item="d", conformity=Conformity.CONFORMS, void="wrong item"),
    )
    found = figures(record(checklist=CHECKLIST, answers=answers)).answers
    assert numbers(found.by_conformity) == {
        Conformity.CONFORMS: 2,
        Conformity.DOES_NOT_CONFORM: 1,
        Conformity.NOT_SEEN: 1,
    }
    assert numbers(found.answered) == (2, 3)
    assert numbers(found.disputed) == 1


def test_only_established_findings_count_as_established():
    findings = (
        Finding(id="1", severity=3, outcome=FindingOutcome.ESTABLISHED),
        Finding(id="2", severity=3, outcome=FindingOutcome.EXPLAINED),
        Finding(id="3", severity=2),
        Finding(id="4", severity=4, outcome=FindingOutcome.ESTABLISHED, void="twice"),
        Finding(id="5", severity=1, outcome=FindingOutcome.ESTABLISHED),
        Finding(id="6", severity=2, outcome=FindingOutcome.ESTABLISHED, replaces="5"),
    )
    found = figures(record(findings=findings)).findings
    assert numbers(found.established_by_severity) == {2: 1, 3: 1}
    assert found.by_outcome.of(FindingOutcome.ESTABLISHED) == 2
    assert found.by_outcome.total == 4


def wait(ident, minutes, outcome=WaitOutcome.DONE, promised=None):
    end = at("09:00") + minutes * 60_000
    waiting = outcome is WaitOutcome.WAITING
    return Wait(
        id=ident,
        joined=at("09:00"),
        called=None if waiting else end,
        observed_to=end if waiting else None,
        outcome=outcome,
        promised_minutes=promised,
    )


def test_waits_keep_those_without_an_end_apart():
    waits = (
        wait("1", 10, promised=15),
        wait("2", 21, promised=15),
        wait("3", 50, WaitOutcome.WAITING, promised=60),
        wait("4", 16),
    )
    found = figures(record(waits=waits)).waits
    assert numbers(found.recorded) == 4
    assert numbers(found.longest) == 21
    assert numbers(found.longest_at_least) == 50
    assert numbers(found.over_promise) == (1, 2)


def test_rounds_and_what_was_watched_in_them():
    visit = record(
        rounds=(Round(id="r1"), Round(id="r2", floor="1"), Round(id="r3", void="mistake")),
        sightings=(
            sighting("a", "10:38", "10:52", round_id="r1"),
            sighting("b", "11:00", window="w1", round_id="r2", state=WindowState.IDLE),
            sighting("c", "11:10"),
        ),
        sweeps=(Sweep(id="s", round="r1", windows=("w1", "w2")),),
    )
    found = figures(visit).windows
    assert numbers(found.rounds) == 2
    assert numbers(found.watched_absences) == 1
    assert numbers(found.longest_absence) == 14


def test_staffing_keeps_numerator_and_denominator():
    counts = (
        HeadCount(id="1", staffed=9, total=12),
        HeadCount(id="2", staffed=3, total=4),
        HeadCount(id="3", staffed=1, total=2),
        HeadCount(id="4", staffed=0, total=9, void="wrong hall"),
        HeadCount(id="5", staffed=0, total=0),
    )
    found = figures(record(head_counts=counts)).windows
    assert numbers(found.staffed) == (13, 18)
    assert numbers(figures(record()).windows.staffed) == (0, 0)


def test_photographs_by_how_they_were_taken():
    events = (Event(id="e", kind=EventKind.PHASE, phase="overt", observed_from=at("10:00")),)
    evidence = (
        Evidence(id="1", mime="image/jpeg", observed_from=at("09:00")),
        Evidence(id="2", mime="image/jpeg", observed_from=at("10:00")),
        Evidence(id="3", mime="image/png"),
        Evidence(id="7", mime="image/png", observed_from=at("10:00") - 3 * 365 * 24 * 3_600_000),
        Evidence(id="4", mime="image/png", acquisition=Acquisition.PROVIDED),
        Evidence(id="5", mime="application/pdf", observed_from=at("10:00")),
        Evidence(id="6", mime="image/jpeg", observed_from=at("10:00"), void="private"),
    )
    found = figures(record(events=events, evidence=evidence)).photos
    assert numbers(found.by_acquisition) == {
        Acquisition.COVERT: 1,
        Acquisition.OVERT: 1,
        Acquisition.PROVIDED: 1,
    }
    assert found.undetermined.value == 2


def test_every_figure_says_what_it_counts():
    found = figures(record())
    groups = (found.answers, found.findings, found.waits, found.windows, found.photos)
    leaves = [getattr(group, name) for group in groups for name in group.__dataclass_fields__]
    assert len(leaves) == 16
    for leaf in leaves:
        assert isinstance(leaf, Figure | Ratio | Tally)
        assert translator("en")(leaf.scope)
