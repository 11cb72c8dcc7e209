"""Every door of the house, who passes it, and the way to walk through them all."""

from __future__ import annotations

from flask import Response

from tests.wide import NOBODY, PEOPLE, nothing_kept, plain

EVERYBODY = set(PEOPLE)
SIGNED_IN = EVERYBODY - {NOBODY}
COORDINATORS = {"hanako", "other"}

# Who passes a door, for the thing the address names: A's running meeting, A's finished one (F), and Z's.
NO_ONE = dict(A=set(), F=set(), Z=set())
TEAM = dict(A={"hanako"}, F={"hanako"}, Z={"other"})
SEATED = dict(A={"hanako", "jiro", "goro", "saburo"}, F={"hanako", "jiro", "goro", "saburo"}, Z={"other", "shiro"})
TABLE = dict(A={"hanako", "jiro", "goro"}, F={"hanako", "jiro", "goro"}, Z={"other", "shiro"})
WRITERS = dict(A={"hanako", "jiro"}, F={"hanako", "jiro"}, Z={"other", "shiro"})
INQUIRED = dict(A={"hanako", "goro"}, F={"hanako", "goro"}, Z={"other", "shiro"})  # of the agency that is asked in writing, and the team
HOLDER = dict(A={"jiro"}, F={"jiro"}, Z={"shiro"})
REPORTERS = dict(A={"hanako", "jiro"}, F={"hanako", "jiro"}, Z={"other", "shiro"})  # the holder, and the team of the case
NOTHING_OVER = dict(A=set(), F=set(), Z=set())  # nothing stands over at these tables: tests/followup/test_carrying.py
READERS = dict(A={"hanako", "jiro", "goro"}, F={"hanako", "jiro", "goro", "fumiko"}, Z={"other", "shiro"})
FINAL_READERS = dict(A=set(), F={"hanako", "jiro", "goro", "fumiko"}, Z=set())
ASKED = dict(A={"hanako"}, F={"hanako"}, Z=set())  # the team, for 次郎, who does not sit at Z's table
RUNNING = dict(A={"hanako"}, F={"hanako"}, Z=set())  # Z's plan has been evaluated
EVALUATED = dict(A=set(), F=set(), Z={"other", "shiro"})
KEEPERS = dict(A={"hanako"}, F={"hanako", "fumiko"}, Z={"other"})  # whoever runs it; the clerk once it is final
WEIGHERS = dict(A={"hanako"}, F={"hanako", "fumiko"}, Z={"other"})
HOLDERS_BACK = dict(A=set(), F={"hanako", "fumiko"}, Z=set())
LISTED = dict(A={"hanako", "fumiko"}, F={"hanako", "fumiko"}, Z={"other", "fumiko"})  # a list on which a record of theirs stands
REFLECTING = dict(A=set(), F={"jiro", "goro", "saburo"}, Z=set())  # after the meeting, but for its facilitator
LEADING = dict(A={"hanako"}, F={"hanako"}, Z={"other"})
FILER = dict(A=set(), F={"fumiko"}, Z=set())
REFERRER = dict(A={"jiro"}, F={"jiro"}, Z={"shiro"})
DESK = dict(A={"jiro", *COORDINATORS}, F={"jiro", *COORDINATORS}, Z={"shiro", "other"})  # A is open, F sent back, Z accepted by other
ANSWERERS = dict(A=COORDINATORS, F=set(), Z=set())
NAMERS = dict(A={"hanako"}, F={"hanako"}, Z=set())  # Z's coordinator is on the team, but may not know the names


def all_of(people):
    """Whatever the address names, these people pass."""
    return dict(A=people, F=people, Z=people)


ANYBODY, INSIDE = all_of(EVERYBODY), all_of(SIGNED_IN)
AGENCIES = all_of(SIGNED_IN - {"fumiko", "kanri"})  # everybody with a place on the roster
FORMS = all_of({*COORDINATORS, "fumiko", "kanri"})
OFFICE, ADMIN, ROSTER = all_of(COORDINATORS), all_of({"kanri"}), all_of({*COORDINATORS, "kanri"})
GROUNDS = all_of({*COORDINATORS, "fumiko", "kanri"})

EXAMPLES = dict(A={"hanako"}, F={*COORDINATORS, "fumiko", "kanri"}, Z={"other"})  # F's is ready for the book
CLERK, FINDER = all_of({"fumiko"}), all_of({"hanako"})  # she may know names: for a request she looks in all cases

COUNCILS = dict(A={"hanako", "jiro", "fumiko"}, F={"hanako", "jiro", "fumiko"}, Z={"other", "shiro", "fumiko"})  # who keeps it, its member, the clerk
COUNCIL_REPORTS = dict(A={"hanako", "fumiko"}, F={"hanako", "fumiko"}, Z={"other", "fumiko"})

DOORS = {
    "council_members.create": TEAM,
    "council_members.edit": TEAM,
    "council_members.new": TEAM,
    "council_members.remove": TEAM,
    "council_members.update": TEAM,
    "council_papers.report": COUNCIL_REPORTS,
    "council_papers.roster": COUNCILS,
    "council_sessions.create": TEAM,
    "council_sessions.edit": TEAM,
    "council_sessions.new": TEAM,
    "council_sessions.update": TEAM,
    "councils.create": OFFICE,
    "councils.edit": TEAM,
    "councils.index": INSIDE,
    "councils.new": OFFICE,
    "councils.show": COUNCILS,
    "councils.update": TEAM,
    "case_book.confirm": TEAM,
    "case_book.create": TEAM,
    "case_book.docx": FORMS,
    "case_book.edit": TEAM,
    "case_book.index": FORMS,
    "case_book.make_ready": TEAM,
    "case_book.md": FORMS,
    "case_book.new": TEAM,
    "case_book.show": EXAMPLES,
    "case_book.update": TEAM,
    "case_book.withdraw": TEAM,
    "accounts.begin": ANYBODY,
    "accounts.change_password": INSIDE,
    "accounts.create": ADMIN,
    "accounts.depart": ADMIN,
    "accounts.edit": ADMIN,
    "accounts.end": INSIDE,
    "accounts.first_visit": NO_ONE,  # closed for good once there is an account
    "accounts.index": ADMIN,
    "accounts.language": ANYBODY,
    "accounts.new": ADMIN,
    "accounts.password": INSIDE,
    "accounts.settle": NO_ONE,
    "accounts.sign_in": ANYBODY,
    "accounts.standing": INSIDE,
    "accounts.update": ADMIN,
    "actions.accompany": WRITERS,
    "actions.confirm": HOLDER,
    "actions.create": WRITERS,
    "actions.edit": WRITERS,
    "actions.remove": WRITERS,
    "actions.show": TABLE,
    "actions.turn": WRITERS,
    "actions.update": WRITERS,
    "acts.redo": WRITERS,
    "acts.undo": WRITERS,
    "after.edit": ADMIN,
    "after.update": ADMIN,
    "agencies.come_back": ROSTER,
    "agencies.create": ROSTER,
    "agencies.edit": ROSTER,
    "agencies.index": ROSTER,
    "agencies.leave": ROSTER,
    "agencies.new": ROSTER,
    "agencies.show": ROSTER,
    "agencies.update": ROSTER,
    "answers.create": ANSWERERS,
    "answers.take": ANSWERERS,
    "circulation.answer": TEAM,
    "circulation.create": TEAM,
    "circulation.extend": TEAM,
    "circulation.new": TEAM,
    "circulation.remind": TEAM,
    "circulation.show": TEAM,
    "draft.agree": TABLE,
    "draft.create": TABLE,
    "draft.docx": TABLE,
    "draft.show": TABLE,
    "draft.withdraw": HOLDER,
    "carried.report": NOTHING_OVER,
    "carried.settle": NOTHING_OVER,
    "carried.show": TEAM,
    "carried.take_up": NOTHING_OVER,
    "cases.create": OFFICE,
    "cases.edit": TEAM,
    "cases.find": INSIDE,
    "cases.index": INSIDE,
    "cases.join": TEAM,
    "cases.new": OFFICE,
    "cases.show": TABLE,
    "cases.update": TEAM,
    "dates.answer": SEATED,
    "dates.answering": SEATED,
    "dates.close": TEAM,
    "dates.decide": TEAM,
    "dates.edit": TEAM,
    "dates.hear": ASKED,
    "dates.hearing": ASKED,
    "dates.offer": TEAM,
    "dates.remind": TEAM,
    "dates.show": TEAM,
    "consents.blank": TEAM,
    "consents.create": TEAM,
    "consents.fill": TEAM,
    "consents.index": TEAM,
    "consents.new": TEAM,
    "consents.paper": TEAM,
    "fixed.index": ROSTER,
    "fixed.update": ROSTER,
    "figures.show": INSIDE,
    "followup.ask": TEAM,
    "followup.nudge": TEAM,
    "followup.receive": TEAM,
    "followup.show": TEAM,
    "confirming.agree": HOLDER,
    "confirming.edit": INSIDE,
    "confirming.update": INSIDE,
    "confirming.withdraw": HOLDER,
    "lists.csv": INSIDE,
    "lists.csv_of_case": TABLE,
    "lists.find": INSIDE,
    "lists.find_in_case": TABLE,
    "lists.index": INSIDE,
    "lists.of_case": TABLE,
    "hints.index": INSIDE,
    "reflection.count": LEADING,
    "reflection.create": REFLECTING,
    "reflection.edit": REFLECTING,
    "reflection.sheet": LEADING,
    "reflection.show": LEADING,
    "reflection.trend": FORMS,
    "guest_reflection.create": NO_ONE,  # only whoever sits behind a personal link: tests/reflection
    "guest_reflection.edit": NO_ONE,
    "handover.away": ROSTER,
    "handover.back": ROSTER,
    "handover.cases": OFFICE,
    "handover.create": ROSTER,
    "handover.hand_cases": OFFICE,
    "handover.show": ROSTER,
    "progress.report": REPORTERS,
    "progress.show": REPORTERS,
    "criteria.edit": ROSTER,
    "criteria.update": ROSTER,
    "deck.bring_back": OFFICE,
    "deck.create": OFFICE,
    "deck.edit": OFFICE,
    "deck.index": OFFICE,
    "deck.move": OFFICE,
    "deck.new": OFFICE,
    "deck.restore": OFFICE,
    "deck.set_aside": OFFICE,
    "deck.update": OFFICE,
    "deciding.answer": CLERK,
    "deciding.ask": CLERK,
    "deciding.decide": CLERK,
    "deciding.deliver": CLERK,
    "deciding.extend": CLERK,
    "deciding.look_again": CLERK,
    "deciding.withdraw": CLERK,
    "disclosure.create": CLERK,
    "disclosure.edit": CLERK,
    "disclosure.index": all_of({*COORDINATORS, "fumiko"}),
    "disclosure.new": CLERK,
    "disclosure.show": dict(A={"hanako", "fumiko"}, F={"hanako", "fumiko"}, Z={"hanako", "other", "fumiko"}),
    "disclosure.update": CLERK,
    "disclosure_items.edit": TEAM,
    "disclosure_items.update": TEAM,
    "disclosure_papers.docx": CLERK,
    "disclosure_papers.draft": CLERK,
    "disclosure_papers.issue": CLERK,
    "disclosure_seen.csv": CLERK,
    "disclosure_seen.docx": CLERK,
    "disclosure_seen.show": CLERK,
    "disclosure_terms.edit": all_of({"fumiko", "kanri"}),
    "disclosure_terms.update": all_of({"fumiko", "kanri"}),
    "finding.link": FINDER,
    "finding.link_case": CLERK,
    "finding.link_member": FINDER,
    "finding.search": FINDER,
    "finding.settle": FINDER,
    "finding.show": FINDER,
    "finding.unlink": FINDER,
    "finding.unlink_case": CLERK,
    "domains.create": ROSTER,
    "domains.edit": ROSTER,
    "domains.index": ROSTER,
    "domains.move": ROSTER,
    "domains.new": ROSTER,
    "domains.update": ROSTER,
    "exports.csv": ROSTER,
    "exports.template": ROSTER,
    "exports.template_csv": ROSTER,
    "exports.xlsx": ROSTER,
    "inquiries.answer": INQUIRED,
    "inquiries.create": TEAM,
    "inquiries.edit": TEAM,
    "inquiries.index": TEAM,
    "inquiries.send": TEAM,
    "inquiries.show": INQUIRED,
    "inquiries.take_back": TEAM,
    "inquiries.update": TEAM,
    "letters.all_docx": TEAM,
    "letters.create": TEAM,
    "letters.docx": TEAM,
    "letters.index": TEAM,
    "letters.new": TEAM,
    "sheets.ask": TEAM,
    "sheets.blank": WRITERS,
    "sheets.edit": WRITERS,
    "sheets.index": WRITERS,
    "sheets.record": TEAM,
    "sheets.remind": TEAM,
    "sheets.settle": TEAM,
    "sheets.update": WRITERS,
    "sheets.withdraw": TEAM,
    "papers.agenda": TABLE,
    "papers.index": READERS,
    "papers.pledges": TEAM,
    "pledges.give": SEATED,
    "pledges.index": TEAM,
    "pledges.own": SEATED,
    "pledges.receive": TEAM,
    "pledges.remind": TEAM,
    "pledges.register": all_of({*COORDINATORS, "fumiko"}),
    "pledges.strike": TEAM,
    "papers.wall": TABLE,
    "copies.come_back": KEEPERS,
    "copies.create": KEEPERS,
    "copies.create_disclosed": KEEPERS,
    "copies.create_disclosure": KEEPERS,
    "copies.create_record": KEEPERS,
    "copies.deliver": KEEPERS,
    "copies.docx": KEEPERS,
    "copies.index": KEEPERS,
    "copies.lookup": all_of({*COORDINATORS, "fumiko"}),
    "copies.new": KEEPERS,
    "copies.show": KEEPERS,
    "withholding.approve": WEIGHERS,
    "withholding.carry": WEIGHERS,
    "withholding.decide": WEIGHERS,
    "withholding.grounds": GROUNDS,
    "withholding.lift": all_of({"hanako", "fumiko"}),
    "withholding.one": KEEPERS,
    "withholding.open_rest": WEIGHERS,
    "withholding.rest": KEEPERS,
    "withholding.show": KEEPERS,
    "withholding.update_grounds": GROUNDS,
    "disposals.as_json": all_of(set()),  # nothing is carried out here: tests/retention
    "disposals.carry_out": LISTED,
    "disposals.decide": LISTED,
    "disposals.docx": all_of(set()),
    "disposals.index": all_of({*COORDINATORS, "fumiko"}),
    "disposals.new": all_of({"fumiko"}),
    "disposals.propose": all_of({"fumiko"}),
    "disposals.show": LISTED,
    "classes.choose": all_of({"fumiko", "kanri"}),
    "classes.create": all_of({"fumiko", "kanri"}),
    "classes.drop": all_of({"fumiko", "kanri"}),
    "classes.index": all_of({"fumiko", "kanri"}),
    "retention.choose": FILER,
    "retention.hold": HOLDERS_BACK,
    "retention.index": all_of({"fumiko"}),
    "retention.release": all_of(set()),  # nothing is stopped here: tests/retention
    "retention.show": HOLDERS_BACK,
    "own_forms.add": ADMIN,
    "own_forms.create": ADMIN,
    "own_forms.fill": READERS,
    "own_forms.guide": FORMS,
    "own_forms.index": FORMS,
    "own_forms.prefer": ADMIN,
    "own_forms.preview": FORMS,
    "own_forms.preview_docx": FORMS,
    "own_forms.preview_pdf": FORMS,
    "own_forms.put_away": ADMIN,
    "own_forms.remove": ADMIN,
    "own_forms.rename": ADMIN,
    "own_forms.sample": FORMS,
    "own_forms.show": FORMS,
    "own_forms.use": ADMIN,
    "own_forms.version": FORMS,
    "drafts.begin": ROSTER,
    "drafts.discard": ROSTER,
    "drafts.edit": ROSTER,
    "drafts.update": ROSTER,
    "editions.index": INSIDE,
    "editions.preview": ROSTER,
    "editions.publish": ROSTER,
    "editions.show": INSIDE,
    "ground_rules.citations": ROSTER,
    "ground_rules.history": ROSTER,
    "ground_rules.edit": ADMIN,
    "ground_rules.show": INSIDE,
    "ground_rules.update": ADMIN,
    "hearings.create": TEAM,
    "hearings.edit": TEAM,
    "hearings.remove": TEAM,
    "hearings.update": TEAM,
    "home.health": ANYBODY,
    "home.show": INSIDE,
    "household.annex": TEAM,
    "household.edit": TEAM,
    "household.show": TABLE,
    "household.update": TEAM,
    "identities.edit": NAMERS,
    "identities.edit_household": NAMERS,
    "identities.fill_age": NAMERS,
    "identities.show": NAMERS,
    "identities.update": NAMERS,
    "identities.update_household": NAMERS,
    "identities.values": NAMERS,
    "imports.choose": all_of({"hanako"}),  # who sent the table, and nobody else
    "imports.confirm": all_of({"hanako"}),
    "imports.create": ROSTER,
    "imports.give_up": all_of({"hanako"}),
    "imports.index": ROSTER,
    "imports.preview": all_of({"hanako"}),
    "imports.show": all_of({"hanako"}),
    "meetings.cancel": TEAM,
    "meetings.create": OFFICE,
    "meetings.create_for_case": TEAM,
    "meetings.edit": TEAM,
    "meetings.find": INSIDE,
    "meetings.ics": SEATED,
    "meetings.index": INSIDE,
    "meetings.new": OFFICE,
    "meetings.new_for_case": TEAM,
    "meetings.reply": SEATED,
    "meetings.show": SEATED,
    "meetings.switch": TEAM,
    "meetings.update": TEAM,
    "members.create": ROSTER,
    "members.edit": ROSTER,
    "members.new": ROSTER,
    "members.update": ROSTER,
    "minutes.as_a_pdf": READERS,
    "minutes.docx": READERS,
    "minutes.finalise": TEAM,
    "minutes.md": READERS,
    "minutes.reopen": TEAM,
    "minutes.show": READERS,
    "minutes.txt": READERS,
    "minutes.version_docx": FINAL_READERS,
    "names.index": all_of({"hanako"}),
    "names.search": all_of({"hanako"}),
    "office.settings": ADMIN,
    "office.trail": ADMIN,
    "office.update": ADMIN,
    "outbox.index": ADMIN,
    "outbox.retry": ADMIN,
    "outbox.retry_all": ADMIN,
    "outbox.show": ADMIN,
    "outbox.wake": ADMIN,
    "outbox.withdraw": ADMIN,
    "ledger.csv": all_of({*COORDINATORS, "fumiko"}),
    "ledger.xlsx": all_of({*COORDINATORS, "fumiko"}),
    "reports.index": all_of({*COORDINATORS, "fumiko"}),
    "reports.rows": all_of({*COORDINATORS, "fumiko"}),
    "reports.show": all_of({*COORDINATORS, "fumiko"}),
    "report_exports.csv": all_of({*COORDINATORS, "fumiko"}),
    "report_exports.docx": all_of({*COORDINATORS, "fumiko"}),
    "report_exports.xlsx": all_of({*COORDINATORS, "fumiko"}),
    "fairness.show": OFFICE,
    "records.differences": NOTHING_OVER,  # there is no version before the first
    "records.file": FILER,
    "records.file_many": all_of({"fumiko"}),
    "records.find": all_of({*COORDINATORS, "fumiko"}),
    "records.index": all_of({*COORDINATORS, "fumiko"}),
    "records.show": dict(A=set(), F={"hanako", "fumiko"}, Z=set()),
    "records.unfile": FILER,
    "years.create": all_of({"fumiko"}),
    "years.new": all_of({"fumiko"}),
    "years.progress": all_of({"fumiko"}),
    "referrals.acknowledge": DESK,
    "referrals.create": AGENCIES,
    "referrals.edit": REFERRER,
    "referrals.index": AGENCIES,
    "referrals.new": AGENCIES,
    "referrals.say": DESK,
    "referrals.sent": AGENCIES,
    "referrals.show": DESK,
    "referrals.update": REFERRER,
    "referrals.withdraw": REFERRER,
    "notices.choose": INSIDE,
    "notices.index": INSIDE,
    "notices.see": HOLDER,
    "notices.see_all": INSIDE,
    "notices.settings": INSIDE,
    "plans.agree": RUNNING,
    "plans.docx": TABLE,
    "plans.edit": TEAM,
    "plans.evaluate": RUNNING,
    "plans.evaluation_docx": EVALUATED,
    "plans.freeze": RUNNING,
    "plans.monitor": RUNNING,
    "plans.new_evaluation": RUNNING,
    "plans.show": TABLE,
    "plans.update": TEAM,
    "leaving.create": TEAM,
    "leaving.join": TEAM,
    "leaving.new": TEAM,
    "register.docx": FORMS,
    "register.edit": OFFICE,
    "register.forum_list": ROSTER,
    "register.index": FORMS,
    "register.keep_forums": ROSTER,
    "register.merge": OFFICE,
    "register.papers": FORMS,
    "register.part": OFFICE,
    "register.search": FORMS,
    "register.show": FORMS,
    "register.step": OFFICE,
    "register.update": OFFICE,
    "community.check": ROSTER,
    "community.correct": INSIDE,
    "community.create": ROSTER,
    "community.edit": ROSTER,
    "community.end": ROSTER,
    "community.index": INSIDE,
    "community.new": ROSTER,
    "community.resume": ROSTER,
    "community.search": INSIDE,
    "community.settle": ROSTER,
    "community.show": INSIDE,
    "community.update": ROSTER,
    "map_imports.choose": all_of({"hanako"}),  # who sent the table, and nobody else
    "map_imports.confirm": all_of({"hanako"}),
    "map_imports.create": ROSTER,
    "map_imports.give_up": all_of({"hanako"}),
    "map_imports.index": ROSTER,
    "map_imports.preview": all_of({"hanako"}),
    "map_imports.show": all_of({"hanako"}),
    "map_tables.csv": FORMS,
    "map_tables.docx": INSIDE,
    "map_tables.template": ROSTER,
    "map_tables.template_csv": ROSTER,
    "map_tables.xlsx": FORMS,
    "mapping.create": OFFICE,
    "mapping.new": OFFICE,
    "room_map.find": TABLE,
    "room_map.show": TABLE,
    "resources.create": WRITERS,
    "resources.edit": WRITERS,
    "resources.index": OFFICE,
    "resources.remove": WRITERS,
    "resources.turn": WRITERS,
    "resources.update": WRITERS,
    "guests.agree": NO_ONE,
    "guests.answer": NO_ONE,
    "guests.report": NO_ONE,
    "guests.withdraw": NO_ONE,
    "guests.own": NO_ONE,  # only whoever sits behind a personal link: tests/links
    "links.again": NO_ONE,
    "links.enter": ANYBODY,
    "links.leave": NO_ONE,
    "links.left": ANYBODY,
    "links.show": ANYBODY,
    "personal_links.create": ASKED,
    "personal_links.issued": TEAM,
    "personal_links.mail": TEAM,
    "personal_links.revoke": TEAM,
    "personal_links.slip": TEAM,
    "entries.create": WRITERS,
    "cards.create": TEAM,
    "cards.index": TEAM,
    "cards.note": WRITERS,
    "cards.put_away": TEAM,
    "closing.update": TEAM,
    "closing.edit": TEAM,
    "agenda.extend": TEAM,
    "room.projection": TABLE,
    "room.projection_table": TABLE,
    "entries.remove": WRITERS,
    "entries.move": WRITERS,
    "entries.restore": WRITERS,
    "entries.turn": WRITERS,
    "entries.update": WRITERS,
    "entries.settle": WRITERS,
    "limited.update": TEAM,
    "wall.update": TEAM,
    "room.show": TABLE,
    "agenda.start": TEAM,
    "room.stream": TABLE,
    "room.table": TABLE,
    "rounds.begin": TEAM,
    "rounds.end": TEAM,
    "rounds.hear": WRITERS,
    "rounds.reveal": TEAM,
    "rounds.write": WRITERS,
    "signals.give": TABLE,
    "signals.take_in": TEAM,
    "rooms.create": OFFICE,
    "rooms.edit": OFFICE,
    "rooms.index": OFFICE,
    "rooms.new": OFFICE,
    "rooms.remove": OFFICE,
    "rooms.update": OFFICE,
    "seats.acknowledge": SEATED,
    "seats.edit": TEAM,
    "seats.invite": TEAM,
    "rule_figures.csv": GROUNDS,
    "rule_figures.show": GROUNDS,
    "rule_review.edit": TEAM,
    "rule_review.update": TEAM,
    "seats.open_": TEAM,
    "seats.opening": TEAM,
    "seats.retry": TEAM,
    "seats.rules": SEATED,
    "seats.update": TEAM,
    "selfcheck.create": ROSTER,
    "selfcheck.docx": FORMS,
    "selfcheck.edit": ROSTER,
    "selfcheck.finish": ROSTER,
    "selfcheck.index": FORMS,
    "selfcheck.reopen": ROSTER,
    "selfcheck.show": FORMS,
    "selfcheck.update": ROSTER,
    "series.create": OFFICE,
    "series.edit": OFFICE,
    "series.hold": OFFICE,
    "series.ics": OFFICE,
    "series.index": OFFICE,
    "series.make": OFFICE,
    "series.new": OFFICE,
    "series.send": OFFICE,
    "series.show": OFFICE,
    "series.update": OFFICE,
    "stages.edit": TEAM,
    "stages.move": TEAM,
    "stages.note": TEAM,
    "stages.show": TABLE,
    "stationery.edit": ADMIN,
    "stationery.logo": INSIDE,
    "stationery.sample": ADMIN,
    "stationery.sheet": INSIDE,
    "stationery.try_out": ADMIN,
    "stationery.update": ADMIN,
    "templates.bring_back": OFFICE,
    "templates.copy": OFFICE,
    "templates.edit": OFFICE,
    "templates.index": OFFICE,
    "templates.restore": OFFICE,
    "templates.set_aside": OFFICE,
    "templates.update": OFFICE,
    "timeline.show": TABLE,
    "feed.ics": ANYBODY,  # who has the address
    "feed.renew": INSIDE,
    "feed.show": INSIDE,
    "feed.stop": INSIDE,
}
MISSING = 999_999
ANSWERED = {}  # what was answered to whom, in this file of tests
PART = {"X-Part": "true"}  # a refusal in one line instead of a whole page: the walk is long
# What makes an address one case's own.
PARTS = {"case_id", "hearing_id", "meeting_id", "entry_id", "action_id", "idea_id", "referral_id", "candidate_id", "inquiry_id", "paper_id",
         "round_id", "use_id", "link_id", "circulation_id", "remark_id", "disposal_id", "record_id", "disclosure_id", "disclosure_item_id", "disclosure_paper_id", "opinion_id",
         "council_id", "term_id", "session_id"}


def every_rule(wide, method=None):
    return [rule for rule in wide.app.url_map.iter_rules()
            if rule.endpoint in DOORS and (method is None or method in rule.methods)]


def who_may(wide, rule):
    """(client, token, ids) of somebody who may send this form, for a thing of theirs; nothing when nobody may."""
    for person in sorted(DOORS[rule.endpoint]["F"])[-1:]:
        yield *wide.visitor(person), wide.things["F"]


def fits(answer, rule, person, may_pass):
    """Whether the answer is the one the table asks for."""
    if person in may_pass:
        return answer.status_code in (200, 204, 303, 409, 422)
    elif person == NOBODY and DOORS[rule.endpoint] is not NO_ONE:
        return answer.status_code == 401 if "POST" in rule.methods else "/sign-in" in answer.headers.get("Location", "")
    else:
        return answer.status_code == 404


def things_for(rule):
    return ("A", "F", "Z") if rule.arguments & PARTS else ("A",)


def address(wide, rule, ids):
    return wide.app.url_map.bind("localhost").build(rule.endpoint, {name: ids[name] for name in rule.arguments})


def ask(wide, person, rule, ids, headers=None):
    """GET the page. Reading changes nothing (a test here says so), so what was answered once is not asked for again."""
    asked = visited(wide, person, rule, ids, headers)
    return ANSWERED.get(asked) or ANSWERED.setdefault(asked, visit(wide, person, rule, ids, headers))


def answered(wide, person, rule, thing):
    """GET the page about this thing ("A"); whoever is to be refused is so in one line, instead of a whole page."""
    table = DOORS[rule.endpoint]
    may = person in table[thing] if thing in table else any(person in each for each in table.values())
    return ask(wide, person, rule, wide.things[thing], None if may or person == NOBODY else PART)


def visited(wide, person, rule, ids, headers=None):
    return wide.app, person, address(wide, rule, ids), headers is None


def visit(wide, person, rule, ids, headers=None):
    client, _token = wide.visitor(person)
    answer = client.get(address(wide, rule, ids), buffered=False, headers=headers)
    if answer.mimetype == "text/event-stream":
        answer.close()  # it would go on for as long as the meeting
        answer.set_data("")
    return kept(answer)


class Answer(Response):
    """An answer alone: the request hangs on to everything the application made for it."""

    path = ""

    @property
    def text(self):
        return self.get_data(as_text=True)


def kept(answer):
    made = Answer(answer.get_data(), answer.status, answer.headers)
    made.path = answer.request.path
    return made


def knock(wide, person, rule, ids, monkeypatch, headers=None):
    """GET the page, or send the form with nothing in it; what it does is undone."""
    if "GET" in rule.methods:
        return ask(wide, person, rule, ids, headers)
    asked = "POST", *visited(wide, person, rule, ids, headers)
    if asked not in ANSWERED:
        client, token = wide.visitor(person)
        with nothing_kept(monkeypatch):
            ANSWERED[asked] = kept(client.post(address(wide, rule, ids), data={"csrf_token": token, "language": "ja"}, headers=headers))
    return ANSWERED[asked]


def words(answer):
    """Status and body, without tokens and the address itself (the language button leads back to it)."""
    return answer.status_code, plain(answer.text).replace(answer.path, "")


def text_of(answer):
    """What the answer says, a Word or Excel file unpacked."""
    if answer.data.startswith(b"PK"):
        import io
        import zipfile

        file = zipfile.ZipFile(io.BytesIO(answer.data))
        return "".join(file.read(name).decode() for name in file.namelist() if name.endswith(".xml"))
    elif answer.mimetype == "application/pdf":
        return answer.data.decode("latin-1")  # drawn from a Word file that stands behind a door of its own
    else:
        return answer.text
