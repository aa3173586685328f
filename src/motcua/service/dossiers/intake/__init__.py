"""Intake at the counter: what the officer chooses from (`choosing`), the form he fills (`form`), and receiving it."""
