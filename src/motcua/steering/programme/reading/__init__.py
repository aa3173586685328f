"""Reading a decision: text in, values out; no database, no clock, no settings."""
