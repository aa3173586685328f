"""The whole product in a real browser: a server of its own, on a store that the exercise's own modules made."""
