"""What is found of a proposal: its own words."""

from __future__ import annotations

from core.search import found
from resources.register import Proposal


@found("proposal", Proposal)
def _proposals(proposal: Proposal):
    yield from (proposal.wished, proposal.enables, proposal.need, proposal.nearest, proposal.next_step, proposal.forum)
