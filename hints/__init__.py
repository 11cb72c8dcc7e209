"""Hints (ヒント): short texts, written for this product, that stand where a worry arises.

No consent, no way forward, roles refused, closing, informal resources. Texts only: nothing here knows a case.
"""
