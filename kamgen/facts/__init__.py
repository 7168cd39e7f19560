"""Pure functions of the portfolio, one topic a file: every number on a page or in a rule is computed here, once."""
