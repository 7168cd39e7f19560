"""What every figure on the pages means, in a few plain sentences, and what it was computed from.

The definitions are those of the facts; where a fact changes, its words here change with it. A template asks for them
by key, `c.means("growth")`; a key that is not here fails the build. The page "How to read these pages" lists them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """A figure: its name, what it means, what it comes from, and its unit ("" where it needs none)."""

    title: str
    means: str
    source: str
    unit: str = ""


_SALES = "sales.csv, full months only"
_CONTACTS = "the account's contacts, notes, audits and the list of activities"

MEANINGS: Mapping[str, Meaning] = {
    # How it stands
    "findings": Meaning(
        "Findings",
        "What the rules found in the files of an account: errors first, then warnings, then infos. "
        "Each says what is wrong and what to do next. Waived findings are not counted.",
        "the account's files, checked by the rules",
        "number of findings",
    ),
    "state": Meaning(
        "State",
        "How an account stands, by its most serious finding. “In order” means that the rules found nothing; "
        "it does not say that the customer is happy.",
        "the findings of the account",
    ),
    "heat": Meaning(
        "Plan at a glance",
        "For each part of the plan: how many findings of the most serious kind it has. “In order” means none at all.",
        "the findings, by the part of the plan they speak of",
        "number of findings",
    ),
    "verdict": Meaning(
        "How the book stands",
        "Accounts with errors, and accounts with warnings and no error. Overdue are open actions, 30-day reviews of "
        "plans, audits and senior reviews whose day has passed. What is private is counted, and not shown.",
        "the findings, the plans, the audits and notes, and what is booked",
        "number of accounts, actions and reviews",
    ),
    "needs-you": Meaning(
        "Needs you",
        "At most ten things, one for each account, the costliest first: errors, then warnings, then slips of the pen "
        "in a file, then what only falls due. Among equals key accounts come first, and then those who buy more. "
        "Of several reasons in an account, what the customer feels is told first, then what endangers the "
        "relationship, then what is late, then what is missing.",
        "findings, open decisions, audits and senior reviews that fall due within 30 days, sales of the last twelve "
        "full months",
    ),
    "decisions": Meaning(
        "Decisions asked for",
        "What an account needs from somebody senior and has not got yet. The oldest question comes first.",
        "decisions in the plans that have no day of decision",
    ),
    "waiting": Meaning(
        "Waiting on others",
        "Open actions in the accounts of one manager that lie with somebody else, with us or at the customer.",
        "the actions of the plans",
    ),
    "recheck": Meaning(
        "To check again",
        "Contacts in key accounts whom we have neither met nor checked for 180 days. What we know of them may be old. "
        "Ask, correct the file and note the day of the check.",
        _CONTACTS + ", and the day of the last check",
        "days",
    ),
    # Business
    "sales-year": Meaning(
        "Sales of the year",
        "What was sold in the last twelve full months, credits taken off. The month that is still running is left out. "
        "A month without a row counts as nothing sold.",
        _SALES,
        "currency, net",
    ),
    "sales-share": Meaning(
        "Share of sales",
        "The part of all accounts' sales that comes from this account, over the last twelve full months.",
        _SALES,
        "percent",
    ),
    "growth": Meaning(
        "Growth",
        "Sales of the last twelve full months against the same months a year before, so a season is not taken for a "
        "trend. Not shown when fewer than six months can be compared.",
        _SALES,
        "percent",
    ),
    "budget": Meaning(
        "Sales against budget",
        "Sales of the calendar year so far, held against the budget of the very same months. "
        "A month without a budget is held against nothing; it does not count as zero.",
        "sales.csv and budget.csv, full months only",
        "currency; 100 % is on budget",
    ),
    "wallet": Meaning(
        "Share of wallet",
        "How much of what they spend in a year on what we could sell them is spent with us. The wallet is an estimate. "
        "For a year that has not ended it is the share so far.",
        "sales.csv, and the wallet in the account's file",
        "percent",
    ),
    "white-space": Meaning(
        "White space",
        "Product families that comparable accounts usually buy, and this one does not, or buys less than half as much "
        "of as would be usual for its size. Comparable are others of the same segment, else region. "
        "It is a question to ask, not a forecast.",
        _SALES,
        "currency a year",
    ),
    "rising": Meaning(
        "Rising",
        "The last six full months sold over a quarter more than the same months a year before, "
        "and there were sales in at least six months on record.",
        _SALES,
    ),
    "cooling": Meaning(
        "Cooling",
        "A key account cools when its last six full months sold less than 85 % of the same months a year before. "
        "A customer cools when three months sold less than 60 %, and nothing was bought for twice the usual gap.",
        _SALES,
    ),
    "trend": Meaning(
        "Trend",
        "How much more or less than in the same months a year before was bought in the last six full months. It rises "
        "over +25 %, falls below -15 %, and has gone quiet when nothing was bought for twice the usual gap as well. "
        "“New”: nothing was sold a year before.",
        _SALES,
        "percent",
    ),
    "falling": Meaning(
        "Falling",
        "The last six full months sold less than 85 % of the same months a year before. The largest loss comes first. "
        "“Gone quiet” means that nothing was bought for twice the usual gap as well.",
        _SALES,
        "currency, six months",
    ),
    "usual-gap": Meaning(
        "Usual gap",
        "How far apart the months usually are in which they buy; 1 is every month. It is the middle one of all gaps.",
        "sales.csv, months in which more was sold than credited",
        "months",
    ),
    "lost-family": Meaning(
        "Family no longer bought",
        "A product family that they bought in many of the last twelve months, and then not at all for some months. "
        "One that also paused in the same season a year before is not counted.",
        "sales.csv, by product family",
    ),
    # Relationships
    "shape": Meaning(
        "Shape of the relationship",
        "The share of the ties that would be left if the person who holds most of them left. "
        "At 0 everything hangs on one person: a bow-tie. "
        "From one half on, with ties to all three policy levels, it is a diamond.",
        _CONTACTS,
        "share from 0 to 1",
    ),
    "ties": Meaning(
        "Ties",
        "A tie joins one of our people to one of theirs. Either the file says that we cover them, or the two have met "
        "within the time in which that contact is to be met. People who have left hold no ties.",
        _CONTACTS,
        "number of pairs",
    ),
    "if-leaves": Meaning(
        "If this person leaves",
        "What would be lost tomorrow: the ties they hold, people whom nobody else knows, policy levels we could no "
        "longer reach, and open goals and actions that name them.",
        _CONTACTS + ", and the plan",
    ),
    "complaints": Meaning(
        "Open complaints",
        "Notes of the kind “issue” that do not say yet on which day the matter was settled. "
        "It is settled when the customer says so.",
        "the notes of the account",
        "number of complaints",
    ),
    "last-met": Meaning(
        "Last met",
        "The newest visit, call, meeting, review or other contact with this person, or an audit with them. "
        "That somebody checked the facts about them is no meeting.",
        "notes, audits and the list of activities",
        "date",
    ),
    "going-cold": Meaning(
        "Going cold",
        "They should have been met by now, and nothing is booked with them. How often is what they asked for, "
        "else what is usual for their policy level. Whoever was never met on record is cold as well.",
        _CONTACTS + ", and the rhythm in the settings",
    ),
    # The programme
    "score": Meaning(
        "Score",
        "The average of an account's marks, each counted by its weight. Some marks are given by people, others come "
        "from sales. There is a score only where no mark is missing.",
        "the criteria, the marks in the account's file, and sales.csv",
        "1 to 5",
    ),
    "programme-size": Meaning(
        "How many are key",
        "The key accounts, against how many may be: a fixed number, or a part of the accounts that buy where that is "
        "more. Given to everybody, attention is worth nothing.",
        "the stages in the account files, and the limits in the settings",
        "number of accounts",
    ),
    "key-part": Meaning(
        "Part of those that buy",
        "How large a part of the accounts that buy, the key accounts and the customers, is key. About 5 % is usual.",
        "the stages in the account files",
        "percent",
    ),
    "rank": Meaning(
        "Rank",
        "The place of an account in the order of scores. Equal scores share a place.",
        "the scores",
        "1 is the best",
    ),
    "step-up": Meaning(
        "Might step up",
        "Customers who sell more than the smallest-selling key account, or whose score reaches the threshold. "
        "Somebody senior decides.",
        "scores, and sales of the last twelve full months",
    ),
    "step-down": Meaning(
        "Might step down",
        "Key accounts whose score lies under the threshold. There may be good reasons to keep them: "
        "then the reason should be written down.",
        "the scores and the threshold of the criteria",
    ),
    "concentration": Meaning(
        "Concentration",
        "How the business is spread. The largest account stands first; the curve says how much the first, the first "
        "two, and so on, carry together. A steep curve means that a few carry most.",
        _SALES,
        "percent of all sales",
    ),
    "eighty-twenty": Meaning(
        "Who carries 80 %",
        "The smallest number of accounts that together make at least four fifths of all sales. "
        "It is measured here, since 80/20 is only a rule of thumb.",
        _SALES,
        "number of accounts",
    ),
    "key-share": Meaning(
        "Key accounts' share",
        "The part of all sales that comes from the key accounts, over the last twelve full months. "
        "About half is usual.",
        _SALES,
        "percent",
    ),
    "dependence": Meaning(
        "Dependence",
        "Accounts that alone make more of all sales than the limit allows. If one of them goes, it is felt everywhere.",
        "sales.csv, and the limit in the settings",
        "percent",
    ),
    "profitability": Meaning(
        "Margin",
        "What is left of sales, as a part of them, over the last twelve full months. "
        "Only rows that give a margin count. Below zero there was a loss.",
        "sales.csv, where margins are given",
        "percent",
    ),
    "relationships": Meaning(
        "Relationships",
        "The people of key accounts whom somebody covers, as long as they are still there. "
        "About 60 is what one person keeps alive.",
        "the contacts of the key accounts",
        "number of contacts",
    ),
    "key-accounts-managed": Meaning(
        "Key accounts managed",
        "The key accounts of which somebody is the manager. About four fit into one person's time.",
        "the account files",
        "number of accounts",
    ),
    "sponsor-load": Meaning(
        "Sponsor's load",
        "The accounts of which somebody senior is the sponsor. Each needs at least one senior review a year.",
        "the account files",
        "number of accounts",
    ),
    "evenness": Meaning(
        "Evenness",
        "Whether the key accounts of all regions are judged by one measure. It compares the marks that people gave in "
        "one region with those in all others.",
        "the marks in the account files",
        "points, on the scale from 1 to 5",
    ),
    # Service
    "deliveries-late": Meaning(
        "Late deliveries",
        "Deliveries of the last twelve full months that left after the day on which they were due, "
        "or have not left and are past it.",
        "deliveries.csv",
        "number of deliveries",
    ),
    "promise-kept": Meaning(
        "Promise kept",
        "Whether the figure of a month reached what we promised. A month is judged when it is over. "
        "A promise without a target is measured and not judged.",
        "the promises in the account's file",
    ),
    # The plan
    "goal-progress": Meaning(
        "Progress of a goal",
        "Two shares side by side: how much of its way a goal has come, from start to aim, and how much of its time has "
        "gone. When time is far ahead of the way, the goal is in danger.",
        "the goal's start, readings, aim and dates; goals measured in sales read sales.csv",
        "percent",
    ),
    "gate": Meaning(
        "Gate",
        "A day on which the plan is reviewed, and what was to be done by then is looked at. Gates lie as far apart as "
        "the reviews do; where a review is overdue or was never held, they are counted from today.",
        "the last review of the plan, and the rhythm in the settings",
    ),
    "thread-torn": Meaning(
        "Torn thread",
        "A goal should answer something in the situation, have a measure, have stages, and be served by an open "
        "action. Where one of these is missing, the thread is torn.",
        "the plan",
    ),
    # How the customer sees it
    "indicator": Meaning(
        "Sign of partnership",
        "Something one can observe that shows a partner and not just a supplier. It counts with evidence and a day, "
        "and the evidence grows old.",
        "the partnership file of the account, and the list of signs in the playbook",
    ),
    "our-view": Meaning(
        "Our view",
        "How many of the signs of partnership we have evidence for, of all that the playbook lists.",
        "the partnership file of the account",
        "percent",
    ),
    "audit-marks": Meaning(
        "Marks",
        "What the customer gave us in the audit, out of ten.",
        "the audits of the account",
        "0 to 10",
    ),
    "seen-as": Meaning(
        "Seen as",
        "Whether the customer, asked in the audit, called us a supplier or a partner.",
        "the audits of the account",
    ),
    "audit-theme": Meaning(
        "Audit theme",
        "What customers were asked in audits, counted over all accounts: how often a question was answered, "
        "and how often something came of it. No answer is shown here.",
        "the audits of all accounts",
        "number of accounts",
    ),
    # Rhythm and market
    "review-due": Meaning(
        "Review due",
        "When the next review should take place: of the plan every 30 days, the audit and the senior review once a "
        "year. What is booked counts.",
        "the plan, the audits, the notes and what is booked",
        "date",
    ),
    "lesson": Meaning(
        "What to coach next",
        "The rules that found something, the weightiest first: most errors, then rules that warn before rules that "
        "only inform, then what is seen in most accounts. It is counted by account, never by person.",
        "the findings, by rule",
        "number of findings and of accounts",
    ),
    "audit-menu": Meaning(
        "Ask these first",
        "At most ten questions of the menu. On top stands the one that helps with most of the account's findings, "
        "then the one that helps with most of those that are left, and so on.",
        "the audit menu of the playbook and the findings of the account",
    ),
    "signal": Meaning(
        "Signal",
        "A trend that notes name. When several accounts name the same one, it may reach the others as well.",
        "the signals in the notes",
        "number of accounts",
    ),
    "should-hear": Meaning(
        "Should hear of it",
        "The managers of accounts in the same segment as one that named the trend, who were not there when it was said "
        "and manage no account that named it. What one customer said, another may be about to say.",
        "the segments in the account files, and the notes that may be shown",
    ),
    "pipeline": Meaning(
        "Pipeline",
        "How many accounts stand at each stage: suspects are known and not yet contacted, prospects are contacted and "
        "do not buy yet, customers buy, and key accounts carry the business.",
        "the stage in each account's file; sales of the last twelve full months",
        "number of accounts",
    ),
    "move": Meaning(
        "Move",
        "Rising: over a quarter more in the last six full months than in the same months a year before. "
        "Cooling: under 85 % of them. Gone quiet: under 60 % in three months, and nothing bought for twice the usual "
        "gap.",
        _SALES,
    ),
    "long-tail": Meaning(
        "Long tail",
        "The accounts that are not key and bought something in the last twelve full months, the largest first. "
        "Tomorrow's key accounts are among them.",
        _SALES,
        "currency",
    ),
}
