"""The case (案件): a household under support, its needs, and who has consented to what."""
