"""General meetings without a case (検討委員会 and the like): members with a chair, several sessions, and what was done (開催経過)."""
