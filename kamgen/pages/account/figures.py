"""What they buy from us by month and family, what they might buy, our part of what they spend, and how we deliver."""

from __future__ import annotations

from markupsafe import Markup

from kamgen.facts.budget import against_budget
from kamgen.facts.deliveries import troubled
from kamgen.facts.families import account_months, budget_so_far, families
from kamgen.facts.promises import records
from kamgen.facts.sales import year_of_sales
from kamgen.facts.verdicts import all_deliveries
from kamgen.facts.wallet import wallets
from kamgen.facts.whitespace import white_space
from kamgen.pages.account import customer, situation
from kamgen.pages.account.view import View

# Whose findings stand here: where such a section is not there at all, its links lead here.
_LENDERS = {"intelligence": situation.is_shown, "partnership": customer.is_shown}


def show(view: View) -> Markup:
    """Sales, product families, share of wallet, deliveries and promises."""
    portfolio, slug, account = view.site.portfolio, view.account.slug, view.account
    months = account_months(portfolio, slug)
    promises = records(account.record.promises, portfolio.as_of)
    wallet = wallets(portfolio).get(slug, ())
    if not (months or promises or wallet or view.found["figures"]):
        return Markup()
    year = year_of_sales(portfolio).get(slug)
    space = white_space(portfolio).get(slug)
    delivered = all_deliveries(portfolio).get(slug)
    budgeted = any(month.budget is not None for month in months)
    return view.fragment(
        "figures.html",
        months=months,
        budgeted=budgeted,
        chart=(
            [month.month.month for month in months],
            [month.month.amount for month in months],
            [month.budget for month in months] if budgeted else None,
        ),
        year=year,
        budget=budget_so_far(against_budget(portfolio).get(slug)),
        families=families(portfolio, slug, year.families if year else {}, space),
        names=view.site.public.playbook.offer or {},
        space=space,
        wallet=wallet,
        delivered=delivered,
        troubled=troubled(delivered),
        promises=promises,
        stand_ins=[name for name, section in _LENDERS.items() if view.found[name].elsewhere and not section(view)],
    )
