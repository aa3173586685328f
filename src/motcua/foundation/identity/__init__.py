"""People who sign in, the roles they hold at an agency, and who stands in for whom, all of it dated.

Roles are those of daily office work (types.Role). A role is held at one agency from one day until before another;
a delegation lends it to a colleague, dated and with its ground, and nothing is ever lent twice over.

1. An officer signs in (`desk.sign_in`); five wrong passwords lock the name for a quarter of an hour.
2. `middleware.acting` gives each request its `Actor`: the person, the agency acted for, the roles held today.
3. On a shared PC a colleague takes over by PIN (`desk.change_officer`), and nothing of the one before is left.
4. A forgotten password is reset face to face by the agency's administrator, with a printed one-time code.
"""
