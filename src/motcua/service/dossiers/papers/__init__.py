"""The papers of a dossier: the receipt-and-appointment slip, and the control slip that travels with it.

`issuing` finds the paper that was issued, or works out its data (`slip`, `control`), has it set and keeps it.
"""
