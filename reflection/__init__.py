"""Reflection (振り返り): one minute after each meeting, five questions, anonymous by construction.

**What is kept.** While a round is open (from the closing of the meeting until a week later): of each meeting *one* sealed
tally of the screen and one of counted sheets, fifteen numbers each and of a fixed length (reflection/models.py `Box`), and for
each person who has answered a mark that they did (`Mark`), among empty ones. When the round has ended, one transaction opens
the tallies. Five answers or more on the screen leave, of the meeting, a band for each question (mostly yes, divided, yes from
few), and go into the sealed sums of the quarter; fewer leave nothing. Five counted sheets or more go into those sums too, and
into no band. In the same transaction tallies and marks are deleted. There never is a row, or any other thing, for one person's
answers; nor is kept which answer to one question went with which to another.

**Why nothing leads back to a person**

- *Rows and their order.* No row belongs to a person: nothing to be put in order by number, rowid, ctid or xmin. The marks are
  keyed hashes (core/keyed.py) without a rowid of their own on SQLite; their order is that of the hashes.
- *How many have answered.* Nobody sees a count while it grows: the result appears once, for all. Nor does a copy of the
  database tell: a box has the same number of marks whoever has answered, most of them empty, and with each answer some are
  exchanged at random, so that two copies do not tell either (reflection/blur.py).
- *Before and after.* In the database, its write-ahead log, its free pages and its backups the growing tally is sealed
  (AES-256-GCM) with a key derived from the installation's secret, which lies outside of database and backup; its length never
  changes. So are the sums of the quarter, until it is over and can be shown by itself: copies from before and after a round's
  end differ by a sealed text of equal length, and by the meeting's bands (reflection/sums.py).
- *Who answered, when.* No table of the reflection is audited; the doors note nothing and touch no live topic; the form carries
  no key against the double click, so that nothing is kept of where it led (core/forms.py) – the mark itself makes the second
  click harmless. The program writes no log of requests. An address names the meeting and never an answer.
- *Small numbers.* A result takes five answers (reflection/rules.py `ENOUGH`). Bands instead of numbers: with five answers, one
  dissenting voice does not show. The facilitator is not asked: they could take their own answers off the result.
- *Paper.* Whoever types in the sheets knows them, and could invent them. Therefore no sheet enters a band, which it would turn
  into a question about the voices of the screen; sheets count in the quarter's sums alone, from five up, no more of them than
  people were noted as present without an account (reflection/rights.py `without_account`), and a meeting of sheets alone is
  none of the three a period of the trend needs.
- *Subtraction.* The trend is made of whole meetings that each had a result; of quarters that are over, joined until they hold
  three meetings with a result on the screen; in shares rounded to five per cent, without the number of answers. Periods never
  overlap, there is no total, no filter by kind, agency, office or facilitator: no two figures differ by one meeting or by one
  answer. Whoever takes off all the sheets they know is left with three meetings' screens at the least, in one figure for each
  question. A quarter that was shown stays as it was, also when a meeting is disposed of: a round counts where it ended, and
  sums are never taken back. Among the yearly figures the same periods stand in the 年度 they ended in, and in none of the papers
  for readers outside (reports/reflections.py).
- *No score of a colleague.* A meeting's bands and the one hint for next time are for its facilitator's eyes alone
  (reflection/rights.py); the trend is the office's, and cannot be asked for a person.

**What this cannot promise.** Whoever holds the server itself – its secret *and* the database while rounds are open – can open a
tally and the sums; with copies from between two answers, and the marks, they could tell whose answer came in between. A copy
without the secret still tells that a box was opened to a first answer or count of sheets, and that something changed in it
between two copies; with many copies, marks that stay become likelier to be real ones. It tells in plain what is on the pages:
the bands of every meeting, and the exact sums of quarters that are shown by themselves. A proxy that logs addresses sees that
somebody opened the page. A facilitator who prints personal links for others knows their codes; entering by one is on record
(audit "entered"), and its owner finds the answer given. Nobody can check that sheets were filled in by those who sat there:
whoever notes people as present who were not (on record) can invent as many and so move the office's trend, and whoever has
answered by link may fill in a sheet too, since to refuse it would tell that they had. Whoever knows the answers of all but one
meeting of a period, by agreement with those who gave them, learns that meeting's share roughly. Where all answer alike,
everybody's answer is known: no threshold helps against that; bands keep "all" and "nearly all" apart from each other by nothing.
"""
