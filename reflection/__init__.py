"""Reflection (ふりかえり): one minute after each meeting, five questions, anonymous by construction.

**What is kept.** While a round is open (from the closing of the meeting until a week later): of each meeting *one* sealed
tally, fifteen numbers of a fixed length (reflection/models.py `Box`), and for each person who has answered a mark that they
did (`Mark`). When the round has ended, one transaction opens the tally. With five answers or more it leaves, of the meeting,
a band for each question (mostly yes, divided, yes from few), and adds to the sums of the quarter; with fewer it leaves
nothing. In the same transaction tally and marks are deleted. There never is a row, or any other thing, for one person's
answers; nor is kept which answer to one question went with which to another.

**Why nothing leads back to a person**

- *Rows and their order.* No row belongs to a person: nothing to be put in order by number, rowid, ctid or xmin. The marks are
  keyed hashes (core/keyed.py) without a rowid of their own on SQLite; their order is that of the hashes.
- *Before and after.* Nobody sees a count while it grows, not even how many have answered: the result appears once, for all.
  In the database, its write-ahead log, its free pages and its backups the growing tally is sealed (AES-256-GCM) with a key
  derived from the installation's secret, which lies outside of database and backup; its length never changes.
- *Who answered, when.* No table of the reflection is audited; the doors note nothing and touch no live topic; the form carries
  no key against the double click, so that nothing is kept of where it led (core/forms.py) – the mark itself makes the second
  click harmless. The program writes no log of requests. An address names the meeting and never an answer.
- *Small numbers.* A result takes five answers (reflection/rules.py `ENOUGH`). Bands instead of numbers: with five answers, one
  dissenting voice does not show. The facilitator is not asked: they could take their own answers off the result.
- *Paper.* Whoever counts the sheets knows them. Therefore sheets count only from five up, and only beside a screen count that
  is enough by itself (`together`); a count from paper never lifts the screen's over the threshold.
- *Subtraction.* The trend is made of whole meetings that each had a result; of quarters that are over, joined until they hold
  three meetings; in shares rounded to five per cent, without the number of answers. Periods never overlap, there is no total,
  no filter by kind, agency, office or facilitator: no two figures differ by one meeting or by one answer. A quarter that was
  shown stays as it was, also when a meeting is disposed of: a round counts where it ended, and sums are never taken back.
- *No score of a colleague.* A meeting's bands and the one hint for next time are for its facilitator's eyes alone
  (reflection/rights.py); the trend is the office's, and cannot be asked for a person.

**What this cannot promise.** Whoever holds the server itself – its secret *and* the database while rounds are open – can open a
tally; with copies from between two answers, and the marks, they could tell whose answer came in between. A proxy that logs
addresses sees that somebody opened the page. A facilitator who prints personal links for others knows their codes; entering by
one is on record (audit "entered"), and its owner finds the answer given. Where all answer alike, everybody's answer is known:
no threshold helps against that; bands keep "all" and "nearly all" apart from each other by nothing.
"""
