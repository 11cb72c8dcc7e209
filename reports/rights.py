"""Who may open the figures, and what of the rows behind them.

- **Coordinators** write the yearly report: they see all numbers of the office, and the page of fairness, which is about how work is
  shared among agencies and is no record.
- **Clerks** hand the figures on: they see the numbers, not how work is shared.
- Nobody else does; the administrator keeps the program, not its cases.

A number is open to them as a number. The **rows behind it** are asked of the finders of their own features, like everywhere: a
coordinator opens the cases of their teams, a clerk final minutes; the others are only counted. What is told of *households* (their
kind, their domains, who put them forward) is counted out only where nobody can be known by it (reports/small.py).
"""

from __future__ import annotations

FIGURES = ("coordinator", "clerk")
FAIRNESS = ("coordinator",)
