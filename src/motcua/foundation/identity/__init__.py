"""People who sign in, the roles they hold at an agency, and who stands in for whom, all of it dated.

Roles are those of daily office work (`types.Role`). A role is held at one agency from one day until before another; a
delegation lends it to a colleague, dated and with its written ground, and no role is lent twice over or lent on
(Decree 30/2020/NĐ-CP, article 13: who signs by delegation delegates to nobody).

1. The agency's administrator opens an account and prints a one-time code; with it the officer chooses a password.
2. The administrator gives roles from a day on; where a role signs, two people make it so (`rules.pair_of_eyes`).
3. The officer signs in (`desk.entering`); five wrong passwords lock the name for a quarter of an hour.
4. `middleware.acting` gives each request its `Officer`: the person, the agency acted for, the roles held today. That
   costs three queries: session, account, roles.
5. On a shared PC a colleague who signed in there today takes over by PIN, and nothing of the one before is left.
6. Going on leave, the officer lends a role until a day. How papers are then signed (TM., KT., TL., TUQ.) follows from
   the dated rows (`rules.signing_form`).
7. A forgotten password is reset face to face: a printed code, good once and for a day; all sessions end.
8. The account is closed from a day on; its roles end with it, and everything it did stays.
"""
