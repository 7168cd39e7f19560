"""What needs a second pair of eyes: another stage, the choice as a key account, another aim, a waiver."""

from __future__ import annotations

from kamgen.edit.slips.desk import Desk, Written
from kamgen.edit.slips.notes import NewNote, add_note
from kamgen.edit.slips.things import find_exactly
from kamgen.errors import KamgenError
from kamgen.model.account import Selection
from kamgen.model.slips import Chosen, NewAim, NewStage, Waived
from kamgen.rules import rule_book


def stage(desk: Desk, slip: NewStage) -> tuple[str, ...]:
    """Write `stage`, and a note of why."""
    desk.refuse_unread("account")
    was = desk.account.stage
    if was == slip.stage:
        return ()
    desk.set((), stage=slip.stage)
    who = (slip.by,) if slip.by else ()
    title = f"Stage: {was}, now {slip.stage}" if was else f"Stage: {slip.stage}"
    add_note(desk, NewNote(desk.day(slip.on), "internal", title, slip.why, who=who))
    if slip.stage == "key" and not (desk.account.record.selection or Selection()).reason:
        return ("A key account needs a reason that everybody can read. Say it with a slip of the kind `selection`.",)
    return ()


def selection(desk: Desk, slip: Chosen) -> tuple[str, ...]:
    """Write `reason`, `definition`, `agreed_by` and `agreed_on` under `selection`."""
    desk.refuse_unread("account")
    old = desk.account.record.selection or Selection()
    if slip.definition and set(slip.definition) != set(old.definition):
        desk.set(("selection",), definition=slip.definition)
    desk.set(("selection",), reason=slip.reason)
    if set(slip.agreed_by) != set(old.agreed_by):
        desk.set(("selection",), agreed_by=slip.agreed_by)
    desk.set(("selection",), agreed_on=desk.day(slip.on))
    if desk.team is not None and not any(one in desk.team and desk.team[one].senior for one in slip.agreed_by):
        names = " and ".join(desk.name(person) for person in slip.agreed_by)
        return (f"Nobody senior has agreed yet, only {names}. Have somebody senior agree, and name them too.",)
    return ()


def aim(desk: Desk, slip: NewAim) -> tuple[str, ...]:
    """Write another `aim`, and as `because` why."""
    desk.set(("plan", "intentions", slip.goal), aim=slip.aim, because=slip.why)
    return ()


def waiver(desk: Desk, slip: Waived) -> tuple[str, ...]:
    """Write a waiver; one of the same rule and thing that is there already is renewed."""
    desk.refuse_unread("account")
    rule, subject = slip.rule.upper(), _subject(desk, slip.subject)
    _refuse_long(desk, slip)
    values: dict[str, Written] = {"reason": slip.reason, "agreed_by": slip.agreed_by, "until": slip.until}
    for there in desk.account.record.waivers:
        if (there.rule, there.subject or "") == (rule, subject):
            desk.set(("waivers", there.id), **values)
            return ()
    desk.append(("waivers",), rule=rule, subject=subject, **values)
    return ()


def _refuse_long(desk: Desk, slip: Waived) -> None:
    """Refuse a waiver that would be a finding (KAM020) as soon as it is written."""
    longest = rule_book()["KAM020"].rule.days(desk.portfolio, desk.account, "longest")
    if slip.until - desk.today > longest:
        raise KamgenError(
            f"A waiver holds for {longest.days} days at most. Give {desk.today + longest} or an earlier day, and look "
            "again then."
        )


def _subject(desk: Desk, word: str) -> str:
    """The subject as findings print it; a thing of the account may be given by its id or name."""
    try:
        return one.key if word and (one := find_exactly(desk.account, word)) else word
    except KamgenError:
        return word  # of other things the path; whether there is a finding on it, the check says
