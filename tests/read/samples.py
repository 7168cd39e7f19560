"""A key account with everything in it, without a single mistake."""

from __future__ import annotations

from kamgen.rules.examples import SETTINGS, TEAM

ACCOUNT = """\
name: Ernst Handel
stage: key
country: Austria
region: Western Europe
segment: Food wholesale
crm_id: 00123
manager: margaret-peacock
buddy: janet-leverling
sponsor: andrew-fuller
team: [laura-callahan]
selection:
  definition: [must-not-lose]
  scores: {prestige: 2, access: 4}
  reason: Their depots open the wholesale trade.
  agreed_by: [andrew-fuller, steven-buchanan]
  agreed_on: 2026-01-20
sites:
  graz: {name: Graz depot, country: Austria}
wallet: {2026: 900000}
dates:
  - what: Frame contract ends
    on: 2026-12-31
    act_before: 2026-09-30
planned:
  - {what: audit, who: [andrew-fuller], with: [roland-mendel], on: 2026-05-28}
promises:
  - id: same-day-answer
    what: A named person answers within the working day
    owner: laura-callahan
    measure: share of questions answered the same day
    target: {at_least: 0.95}
    kept: {2026-03: 0.97, 2026-04: 0.96}
waivers:
  - rule: KAM610
    subject: contacts.helga-brandt
    reason: Who follows her is decided in June
    agreed_by: andrew-fuller
    until: 2026-07-01
"""

CONTACTS = """\
roland-mendel:
  name: Roland Mendel
  title: Sales Manager
  level: influencer
  stance: supporter
  covered_by: [margaret-peacock, laura-callahan]
  meet_every: 60d
  checked: 2026-04-14
  site: graz
helga-brandt:
  name: Helga Brandt
  level: instigator
  covered_by: andrew-fuller
  meet_every: never
  leaves: 2026-06-30
  successor: not-known-yet
  private: true
"""

PLAN = """\
reviewed: 2026-04-20
reviewed_by: [margaret-peacock, andrew-fuller]
period:
  ends: 2026-07-15
  reach: By mid-July the depot managers ask us in before they tender.
past_periods:
  - {ends: 2026-04-15, reach: Two depots share their stock data, reached: partly, because: Linz only}
intelligence:
  business: |
    They run 14 depots: fresh goods, daily.
    We help them with *dairy*.
  culture: Careful and loyal
  strengths:
    - Weekly depot visits are welcomed
  opportunities:
    - what: Two new depots in Styria
      source: Roland Mendel
      on: 2026-03-12
      goal: no-empty-shelves
  threats:
    - {what: A rival opens in Linz, on: 2026-04-01, parked: 2026-04-20, because: Not before autumn}
intentions:
  no-empty-shelves:
    goal: Their depots see us as the supplier that ended out-of-stocks on dairy
    for: customer
    owner: margaret-peacock
    agreed_with: [roland-mendel]
    measure: dairy lines out of stock per week
    start: 14
    aim: 3
    readings: {2026-02-24: 11, 2026-04-14: 9}
    since: 2026-01-20
    due: 2026-12-31
    stages:
      - {what: Baseline agreed, due: 2026-02-28, done: 2026-02-20}
      - {what: Joint forecast for Graz, due: 2026-06-30}
    about: [deliveries, roland-mendel]
implementation:
  - what: Put the forecast sheet on their intranet
    who: laura-callahan
    due: 2026-05-15
    goal: no-empty-shelves
  - {what: Share twelve months of stock data, who: roland-mendel, due: 2026-05-29, goal: no-empty-shelves}
decisions:
  - {ask: Free samples for the new depots, of: andrew-fuller, asked_on: 2026-04-20}
"""

NOTE = """\
---
kind: visit
with: [roland-mendel]
who: [margaret-peacock]
signals: [chilled-range-growth]
---
# Walked the Graz depot

See [the plan](../plan.md).
"""

AUDIT = """\
who: [andrew-fuller]
with: [helga-brandt]
marks: 7
seen_as: supplier
answers:
  unresolved: {answer: Two invoices are open, goal: no-empty-shelves}
"""

FILES = {
    "accounts/ernst-handel/account.yml": ACCOUNT,
    "accounts/ernst-handel/contacts.yml": CONTACTS,
    "accounts/ernst-handel/plan.yml": PLAN,
    "accounts/ernst-handel/plan.md": "## Intelligence\nThey grow.\n",
    "accounts/ernst-handel/partnership.yml": "asks-our-advice: {evidence: Asked us to comment, on: 2026-03-12}\n",
    "accounts/ernst-handel/notes/2026-03-12-graz-visit.md": NOTE,
    "accounts/ernst-handel/audits/2026-03-18.yml": AUDIT,
    "accounts/sales.csv": "account,month,product,amount\nernst-handel,2026-03,dairy,1200.50\n",
    "accounts/deliveries.csv": "account,month,deliveries,late\nernst-handel,2026-03,12,1\n",
    "accounts/budget.csv": "account,month,amount\nernst-handel,2026-03,1000\n",
    "accounts/activities.csv": (
        "account,date,contact,who,kind\nernst-handel,2026-04-14,roland-mendel,margaret-peacock,call\n"
    ),
    "playbook/team.yml": TEAM,
    "playbook/kamgen.yml": SETTINGS,
    "playbook/offer.yml": "dairy: {name: Dairy}\n",
}
