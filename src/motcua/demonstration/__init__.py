"""The demonstration province, an exercise clearly marked as one: made through the verbs, like real life."""
