"""Referral (つなぎ): an agency puts a household forward, the coordinator answers; never silence."""
