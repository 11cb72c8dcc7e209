"""Requests for disclosure: what the office keeps about one person, who saw it, what is decided and handed out.

保有個人情報開示請求 (個人情報保護法第76条), by the person, a legal representative or somebody with power of attorney, and
情報公開請求, by anybody. The clerk keeps the request and sees kinds, numbers and days, never what a record says; whoever
holds the right to names finds who is meant; the team of the case goes through its own records.
"""
