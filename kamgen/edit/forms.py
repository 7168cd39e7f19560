"""The forms by which people say what happened without git: issue forms of GitHub, issue templates of GitLab."""

from __future__ import annotations

from typing import Any

import yaml

from kamgen.model.slip_body import body
from kamgen.model.slip_fields import KIND_LABEL, FormField, form_fields, summary
from kamgen.model.slips import SLIPS

_GITHUB = """\
# A form of kamgen, made from what a slip of the kind `{kind}` holds. kamgen-slips.yml makes a change of the account of
# every issue that is opened with it. The labels are how kamgen knows the fields: leave them as they are.
"""
_CHOOSER = """\
# What stands beside the forms when somebody opens an issue. The links on the pages of the site lead to the forms with
# everything filled in that is known; nobody has to look for them here.
blank_issues_enabled: true
"""
# By these people find a form in the list of them.
_NAMES = {
    "done": "Something is done",
    "move": "Something gets another date",
    "drop": "Something is given up",
    "checked": "Something is still true",
    "leaves": "Somebody leaves the customer",
    "joined": "Somebody new at the customer",
    "note": "A visit, a call or a meeting",
    "heard": "An opportunity or a threat",
    "reading": "What a goal's measure shows today",
    "complaint": "The customer complains",
    "resolved": "A complaint is put right",
    "decided": "A decision was made",
    "review": "The 30-day review was held",
    "stage": "An account comes to another stage",
    "selection": "An account is chosen as a key account",
    "aim": "A goal gets another aim",
    "waiver": "A finding is accepted for a while",
}
_AS_IT_IS = "Leave this as it is: it says what kind of slip this is."


def github_forms() -> dict[str, str]:
    """An issue form for each kind of slip, by its path below the folder of GitHub's files."""
    forms = {f"ISSUE_TEMPLATE/kamgen-{kind}.yml": _github_form(kind) for kind in SLIPS}
    return {"ISSUE_TEMPLATE/config.yml": _CHOOSER, **forms}


def gitlab_templates() -> dict[str, str]:
    """An issue template for each kind of slip, by its path below the folder of GitLab's files."""
    return {f"issue_templates/kamgen-{kind}.md": _gitlab_template(kind) for kind in SLIPS}


def _github_form(kind: str) -> str:
    first = _element("input", "slip", KIND_LABEL, _AS_IT_IS, required=True)
    first["attributes"]["value"] = kind
    form = {
        "name": _NAMES[kind],
        "description": summary(kind),
        "title": _NAMES[kind],
        "body": [first, *(_github_field(one) for one in form_fields(kind))],
    }
    told: str = yaml.safe_dump(form, allow_unicode=True, sort_keys=False, width=110)
    return _GITHUB.format(kind=kind) + told


def _github_field(asked: FormField) -> dict[str, Any]:
    if asked.choices:
        element = _element("dropdown", asked.key, asked.label, asked.help, asked.required)
        element["attributes"]["options"] = list(asked.choices)
        return element
    return _element(
        "textarea" if asked.long or asked.rows else "input", asked.key, asked.label, asked.told, asked.required
    )


def _element(sort: str, key: str, label: str, told: str, required: bool) -> dict[str, Any]:
    attributes = {"label": label} | ({"description": told} if told else {})
    return {"type": sort, "id": key, "attributes": attributes, "validations": {"required": required}}


def _gitlab_template(kind: str) -> str:
    """The text of an issue, with the help for each field in a remark that nobody sees afterwards."""
    return f"<!-- {summary(kind)} Write below the lines that begin with ###. -->\n\n{body(kind, {}, 'headings')}"
