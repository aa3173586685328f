"""Finding by the beginnings of words, with or without marks: one table, one B-tree, the same on both databases.

A room declares a kind of subject and says what words stand for each (`store.index`, one INSERT); `store.find` answers
with references, a page at a time. Who may see what it finds is the room's policy, as everywhere.
"""
